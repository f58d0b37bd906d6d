import type { Message, MessageKind } from "#lib/api/standard/message.ts";
import { shown } from "#lib/api/standard/shown.ts";

/** What is said about a request on the way; written to, in the order of reading. */
export type Notes = Message[];

/** INFO: an older form was read as the newer one, and nothing of it was lost. */
export const rewritten = (notes: Notes, path: string, used: unknown, instead: unknown): void => {
  notes.push({
    kind: "urn:deprecated-input",
    level: "INFO",
    template: "{path}: “{used}” is an older form. It was read as “{instead}”; please write that.",
    values: { path: shown(path), used: shown(used), instead: shown(instead) },
  });
};

const slip = "{path}: “{used}” is not how version 1.0 writes it. It was read as “{instead}”; please write that.";

/** INFO: a value was read as version 1.0 would write it. Newer requests have such slips too, so it does not make one older. */
export const respelt = (notes: Notes, path: string, used: unknown, instead: unknown): void => {
  notes.push({
    kind: "urn:deprecated-input",
    level: "INFO",
    template: slip,
    values: { path: shown(path), used: shown(used), instead: shown(instead) },
  });
};

/** INFO: the kind that an older shape did not say, where there is only one it can be. */
export const filledIn = (notes: Notes, path: string, instead: string): void => {
  notes.push({
    kind: "urn:deprecated-input",
    level: "INFO",
    template: "{path}: only an older form has {used}. It was read as “{instead}”; please write that.",
    values: { path, used: "no kind", instead },
  });
};

/** INFO: an older field was left out, and what is asked for is the same without it. */
export const leftOut = (notes: Notes, path: string, used: unknown, instead: string): void => {
  notes.push({
    kind: "urn:deprecated-input",
    level: "INFO",
    template: "{path}: “{used}” is an older form and was left out: {instead}.",
    values: { path: shown(path), used: shown(used), instead: shown(instead) },
  });
};

/** WARN: an older form was read, and something of it may be lost. `instead` ends the sentence. */
export const mayDiffer = (notes: Notes, path: string, used: unknown, instead: string): void => {
  notes.push({
    kind: "urn:deprecated-input",
    level: "WARN",
    template: "{path}: “{used}” is an older form that cannot be kept as it is: {instead}.",
    values: { path: shown(path), used: shown(used), instead: shown(instead) },
  });
};

/** ERROR: the answer must be NO. `template` is a whole sentence; it may name {used} and what is in `more`. */
export const refuse = (
  notes: Notes,
  kind: MessageKind,
  { path, used, template, more = {} }: { path: string; used: unknown; template: string; more?: Record<string, string> },
): void => {
  notes.push({ kind, level: "ERROR", template, values: { path: shown(path), used: shown(used), ...more } });
};

/** Whether something of what was read so far was an older form: a kind or a structure, not only the spelling of a value. */
export const isOlder = (notes: Notes): boolean =>
  notes.some(({ kind, template }) => kind === "urn:deprecated-input" && template !== slip);
