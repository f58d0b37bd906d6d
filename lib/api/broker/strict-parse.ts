import type { z } from "zod";

/** Where something is in a body: a JSON pointer (RFC 6901), as "/data/0/location". */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** What is wrong with a body that cannot be read as what it should be. */
export interface Misfit {
  readonly path: string;
  readonly sentence: string;
}

export type StrictlyParsed<T> =
  | {
      readonly ok: true;
      readonly value: T /** Pointers to the fields that nobody knows. */;
      readonly unknown: readonly string[];
    }
  | { readonly ok: false; readonly error: readonly Misfit[] };

/**
 * Reads a JSON value by a schema of strict objects: fields that are not known are left out and named; anything else that does not
 * fit is an error that says where. `value` is not changed.
 */
export function strictParse<T extends z.ZodType>(schema: T, value: unknown): StrictlyParsed<z.output<T>> {
  const unknown: string[] = [];
  let body = value;
  for (;;) {
    const read = schema.safeParse(body);
    if (read.success) return { ok: true, value: read.data, unknown };
    const extra = read.error.issues.filter((issue) => issue.code === "unrecognized_keys");
    if (extra.length < read.error.issues.length) return { ok: false, error: misfits(read.error.issues) };
    for (const { path, keys } of extra) {
      for (const key of keys) {
        unknown.push(pointer([...path, key]));
        body = without(body, [...path, key]);
      }
    }
  }
}

const MOST_SENTENCES = 10;

/** All that is wrong in a few sentences: one mistake in a long list is the same mistake a thousand times. */
export function misfitsInWords(all: readonly Misfit[]): string {
  const said = all.slice(0, MOST_SENTENCES).map(({ sentence }) => sentence);
  const more = all.length - said.length;
  return [...said, ...(more > 0 ? [`And ${more} more.`] : [])].join(" ");
}

const misfits = (issues: readonly z.core.$ZodIssue[]): Misfit[] =>
  issues
    .filter((issue) => issue.code !== "unrecognized_keys")
    .map((issue) => ({
      path: pointer(issue.path),
      sentence: `${pointer(issue.path) || "The body"}: ${issue.message}.`,
    }));

/** A copy without what is at that path. */
function without(value: unknown, [first, ...rest]: readonly PropertyKey[]): unknown {
  if (first === undefined || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? without(item, rest) : item));
  const entries = Object.entries(value).flatMap(([key, item]) =>
    key !== first ? [[key, item]] : rest.length === 0 ? [] : [[key, without(item, rest)]],
  );
  return Object.fromEntries(entries);
}
