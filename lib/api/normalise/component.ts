import { isObject } from "../media/json-value.ts";
import { leftOut, mayDiffer, type Notes, refuse, rewritten } from "./notes.ts";
import { isGone, newerKind } from "./older-kinds.ts";
import { below, change, close, type Fields, open, type Placed, take } from "./placed.ts";

/** Where fields of a component live now that older shapes wrote into the component itself. */
const inMeta: ReadonlyMap<string, string> = new Map([
  ["uuid", "uuid"],
  ["name", "name"],
  ["href", "url"],
  ["description", "description"],
  ["created", "created"],
  ["modified", "modified"],
  ["messages", "messages"],
  ["options", "options"],
]);

/** An executable, a compute, a volume, a storage or a data resource, taken apart. */
export interface Component {
  readonly path: string;
  readonly fields: Fields;
  /** The kind as it was sent, perhaps an older one; null when none was. */
  readonly kindSent: string | null;
}

/**
 * What every component has in common: `spec` lifted, empty `properties` gone, `type` read as `kind`, an older kind under
 * its name of today, and what belongs to `meta` moved there. Null for what is no object.
 */
export function openComponent({ value, path }: Placed, notes: Notes): Component | null {
  if (!isObject(value)) return null;
  const fields = open(value, path);
  lift(fields, "spec", notes);
  dropEmptyProperties(fields, notes);
  if (!fields.has("kind")) move(fields, "type", "kind", notes);
  const kind = fields.get("kind")?.value;
  change(fields, "kind", (sent) => kindNow(sent, notes));
  moveToMeta(fields, path, notes);
  return { path, fields, kindSent: typeof kind === "string" ? kind : null };
}

/** An older kind under its name of today; what version 1.0 has nothing for is refused. */
export function kindNow({ value, path }: Placed, notes: Notes): unknown {
  if (typeof value !== "string") return value;
  if (isGone(value)) {
    const template = "Version 1.0 of the standard has nothing for “{used}”.";
    refuse(notes, "urn:not-supported", { path, used: value, template });
    return value;
  }
  const now = newerKind(value);
  if (now !== value) rewritten(notes, path, value, now);
  return now;
}

function dropEmptyProperties(fields: Fields, notes: Notes): void {
  const sent = fields.get("properties");
  if (sent === undefined || typeof sent.value !== "object" || Object.keys(sent.value ?? {}).length > 0) return;
  fields.delete("properties");
  leftOut(notes, sent.path, "properties", "it is empty, and its fields now stand in the component itself");
}

function moveToMeta(fields: Fields, path: string, notes: Notes): void {
  const sent = fields.get("meta") ?? { value: {}, path: below(path, "meta") };
  if (!isObject(sent.value)) return;
  const meta = open(sent.value, sent.path);
  for (const [older, newer] of inMeta) {
    const field = take(fields, older);
    if (field !== undefined) put(meta, newer, field, { used: older, instead: `meta/${newer}`, notes });
  }
  if (meta.size > 0) fields.set("meta", { ...sent, value: close(meta) });
}

/** Moves a field to its newer name. */
export function move(fields: Fields, older: string, newer: string, notes: Notes): void {
  const field = take(fields, older);
  if (field !== undefined) put(fields, newer, field, { used: older, instead: newer, notes });
}

/** Puts an older field where it belongs now, unless something stands there already: then that counts. */
export function put(
  fields: Fields,
  key: string,
  field: Placed,
  { used, instead, notes }: { used: string; instead: string; notes: Notes },
): void {
  if (fields.has(key)) mayDiffer(notes, field.path, used, `“${instead}” is given as well, and counts`);
  else {
    fields.set(key, field);
    rewritten(notes, field.path, used, instead);
  }
}

/** Lifts what is in an older wrapper (`spec`, `request`, `resources`) to where the wrapper stood. */
export function lift(fields: Fields, wrapper: string, notes: Notes): void {
  const sent = fields.get(wrapper);
  if (sent === undefined || !isObject(sent.value)) return;
  fields.delete(wrapper);
  leftOut(notes, sent.path, wrapper, "its fields stand in its place now");
  pour(fields, open(sent.value, sent.path), wrapper, notes);
}

/** Puts what was in an older wrapper among the fields around it, which count where both say something. */
export function pour(fields: Fields, inner: Fields, wrapper: string, notes: Notes): void {
  for (const [key, field] of inner) {
    if (fields.has(key)) mayDiffer(notes, field.path, `${wrapper}/${key}`, `“${key}” is given as well, and counts`);
    else fields.set(key, field);
  }
}
