import { isObject } from "../media/json-value.ts";
import { put } from "./component.ts";
import type { Notes } from "./notes.ts";
import { close, type Fields, open, type Placed, take } from "./placed.ts";

/**
 * The oldest shape had one field for the least of an amount and one for the most: `mincores` and `maxcores` are what `min` and `max`
 * of `cores` are now.
 */
export function minAndMax(fields: Fields, key: string, notes: Notes): void {
  for (const end of ["min", "max"]) {
    const used = `${end}${key}`;
    const sent = fields.get(key);
    if (!fields.has(used) || (sent !== undefined && !isObject(sent.value))) continue;
    const field = take(fields, used) as Placed;
    const pair: Fields = sent === undefined ? new Map() : open(sent.value as Record<string, unknown>, sent.path);
    put(pair, end, field, { used, instead: `${key}/${end}`, notes });
    fields.set(key, { path: sent?.path ?? field.path, value: close(pair) });
  }
}
