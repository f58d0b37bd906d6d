import { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";
import { shown } from "../standard/shown.ts";

interface Place {
  readonly at: readonly string[];
  readonly known: readonly string[];
}

const component = (at: readonly string[], known: Readonly<Record<string, string>>): Place[] => [
  { at, known: Object.values(known) },
  { at: [...at, "costs", "*"], known: Object.values(kinds.cost) },
  { at: [...at, "metrics", "*"], known: Object.values(kinds.metric) },
  { at: [...at, "meta", "options", "*"], known: Object.values(kinds.options) },
];

/** Where a request has components that say their kind, and which kinds there may be. */
const places: readonly Place[] = [
  ...component(["executable"], kinds.executable),
  ...component(["compute"], kinds.compute),
  ...component(["compute", "volumes", "*"], kinds.volume),
  ...component(["storage", "*"], kinds.storage),
  ...component(["data", "*"], kinds.data),
  // The request itself says no kind, but what it has in common with components.
  ...component([], {}).slice(1),
];

/** What was taken out of lists: for the pointer to a list as it was sent, the places of what is left of it. */
export type Kept = ReadonlyMap<string, readonly number[]>;

/** A body without the components that nobody can read; and what was said of those. */
export interface CheckedKinds {
  readonly body: unknown;
  readonly messages: readonly Message[];
  readonly kept: Kept;
}

/**
 * Finds the components of a kind that the standard 1.0 does not have, or of none: they are answered with NO (its rule R10), so
 * what is left of the body is free of them. A kind that is no text stays: it is an error in the body itself.
 */
export function checkKinds(body: unknown): CheckedKinds {
  const messages: Message[] = [];
  const holes = places.reduce((value, { at, known }) => visit(value, at, [], known, messages), body);
  const kept = new Map<string, readonly number[]>();
  return { body: messages.length === 0 ? body : withoutHoles(holes, "", kept), messages, kept };
}

/** Where it was: lists keep the places of what is left in them until all kinds are checked. */
const GONE = Symbol("gone");

function visit(
  value: unknown,
  [step, ...rest]: readonly string[],
  path: readonly string[],
  known: readonly string[],
  messages: Message[],
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (step === undefined && Array.isArray(value)) return value;
  if (step === undefined) return isKnown(value, path, known, messages) ? value : GONE;
  if (step === "*") {
    if (!Array.isArray(value)) return value;
    return value.map((item, index) => visit(item, rest, [...path, String(index)], known, messages));
  }
  if (Array.isArray(value) || !Object.hasOwn(value, step)) return value;
  const inner = (value as Record<string, unknown>)[step];
  const visited = visit(inner, rest, [...path, step], known, messages);
  return visited === inner ? value : { ...value, [step]: visited };
}

function withoutHoles(value: unknown, path: string, kept: Map<string, readonly number[]>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    const left = Object.entries(value).filter(([, item]) => item !== GONE);
    return Object.fromEntries(left.map(([key, item]) => [key, withoutHoles(item, `${path}/${key}`, kept)]));
  }
  const left = value.flatMap((item, index) => (item === GONE ? [] : [index]));
  if (left.length < value.length) kept.set(path, left);
  return left.map((index) => withoutHoles(value[index], `${path}/${index}`, kept));
}

function isKnown(value: object, path: readonly string[], known: readonly string[], messages: Message[]): boolean {
  const kind = (value as { kind?: unknown }).kind;
  if (kind !== undefined && typeof kind !== "string") return true;
  if (kind !== undefined && known.includes(kind)) return true;
  messages.push(
    kind === undefined
      ? {
          kind: "urn:missing-required-value",
          level: "ERROR",
          template: "{path} does not say its kind; it can be {known}.",
          values: { path: `/${path.join("/")}/kind`, known: known.join(" or ") },
        }
      : {
          kind: "urn:unknown-kind",
          level: "ERROR",
          template: "This broker does not know the kind {kind} ({path}); it knows {known}.",
          values: { path: `/${path.join("/")}/kind`, kind: shown(kind), known: known.join(", ") },
        },
  );
  return false;
}
