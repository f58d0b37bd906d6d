import { isObject } from "../media/json-value.ts";
import { normaliseData } from "./normalise-data.ts";
import { normaliseStorage } from "./normalise-storage.ts";
import type { NamesByUuid } from "./normalise-volume.ts";
import { type Notes, rewritten } from "./notes.ts";
import { below, entries, type Fields, type Placed } from "./placed.ts";

/** Kinds that once were storage and are data now. */
const dataInStorage: ReadonlySet<unknown> = new Set([
  "uri:amazon-s3-storage",
  "https://www.purl.org/ivoa.net/storage-types/amazon-s3",
]);

/** The lists `storage` and `data` from their older shapes. Returns the names of what also has a uuid. */
export function normaliseResources(fields: Fields, notes: Notes): NamesByUuid {
  const storage = listAt(fields, "storage");
  const data = listAt(fields, "data");
  const moved = new Set(data === null ? [] : storage?.filter(({ value }) => dataInStorage.has(kindIn(value))));
  for (const { path } of moved) rewritten(notes, path, "storage", "data");
  const kept = storage?.filter((item) => !moved.has(item)).map((item) => normaliseStorage(item, notes)) ?? [];
  const all = [...(data ?? []), ...moved].map((item) => normaliseData(item, notes));
  if (storage !== null) setList(fields, "storage", kept);
  if (data !== null) setList(fields, "data", all);
  return new Map([...kept, ...all].flatMap(({ value }) => uuidAndName(value)));
}

/** The entries of a list, none when it is absent, null when it is no list. */
function listAt(fields: Fields, key: string): Placed[] | null {
  const sent = fields.get(key);
  if (sent === undefined) return [];
  return Array.isArray(sent.value) ? entries(sent.value, sent.path) : null;
}

function setList(fields: Fields, key: string, list: readonly Placed[]): void {
  if (list.length === 0 && !fields.has(key)) return;
  const path = fields.get(key)?.path ?? below("", key);
  fields.set(key, { path, value: list.map(({ value }) => value) });
}

const kindIn = (value: unknown): unknown => {
  if (!isObject(value)) return undefined;
  return value.kind ?? value.type ?? kindIn(value.spec);
};

function uuidAndName(value: unknown): [string, string][] {
  const meta = isObject(value) && isObject(value.meta) ? value.meta : {};
  return typeof meta.uuid === "string" && typeof meta.name === "string" ? [[meta.uuid, meta.name]] : [];
}
