import { MAX_DEPTH } from "../media/limits.ts";
import { type Notes, refuse } from "./notes.ts";
import { below } from "./placed.ts";

/** Far more than any request; a document whose parts refer to each other can grow without end when it is written out. */
const MAX_VALUES = 200_000;

/**
 * A copy of what was sent, without fields that are null (the same as absent) and without fields named `__proto__`, which
 * mean something else to JavaScript. Beyond 64 levels or 200 000 values it is cut off, and the answer is NO.
 */
export function copyOf(value: unknown, notes: Notes): unknown {
  let left = MAX_VALUES;
  let isCut = false;

  const cut = (path: string) => {
    if (!isCut) {
      const template = `This goes on for too long: at most ${MAX_DEPTH} levels and ${MAX_VALUES} values are read.`;
      refuse(notes, "urn:input-syntax-fail", { path, used: "", template });
    }
    isCut = true;
    return null;
  };

  const copy = (part: unknown, path: string, depth: number): unknown => {
    left -= 1;
    if (typeof part !== "object" || part === null) return part;
    if (depth > MAX_DEPTH || left < 0) return cut(path);
    if (Array.isArray(part)) return part.map((entry, index) => copy(entry, below(path, index), depth + 1));
    const fields: [string, unknown][] = [];
    for (const [key, field] of Object.entries(part)) {
      if (left < 0) cut(path);
      else if (field !== null && field !== undefined && key !== "__proto__") {
        fields.push([key, copy(field, below(path, key), depth + 1)]);
      }
    }
    return Object.fromEntries(fields);
  };

  return copy(value, "", 0);
}
