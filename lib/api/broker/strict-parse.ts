import type { z } from "zod";
import { pointer } from "../media/pointer.ts";
import { shown } from "../standard/shown.ts";

/** What is wrong with a body that cannot be read as what it should be. */
export interface Misfit {
  readonly path: string;
  readonly sentence: string;
}

export type StrictlyParsed<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** Pointers to the fields that nobody knows. */
      readonly unknown: readonly string[];
      /** Texts that are none of those there may be; with `withValues` only. */
      readonly strange: readonly StrangeValue[];
    }
  | { readonly ok: false; readonly error: readonly Misfit[] };

/** A text where only some texts have a meaning. */
export interface StrangeValue {
  readonly path: string;
  readonly value: string;
  readonly allowed: readonly string[];
}

/**
 * Reads a JSON value by a schema of strict objects: fields that are not known are left out and named; anything else that does not
 * fit is an error that says where. `withValues`: texts of the right type that are none of those allowed are left out and named, too.
 * `value` is not changed.
 */
export function strictParse<T extends z.ZodType>(
  schema: T,
  value: unknown,
  { withValues = false }: { readonly withValues?: boolean } = {},
): StrictlyParsed<z.output<T>> {
  const unknown: string[] = [];
  const strange: StrangeValue[] = [];
  let body = value;
  // What is in a field that nobody knows is not looked at, so this ends after very few rounds.
  for (;;) {
    const read = schema.safeParse(body);
    if (read.success) return { ok: true, value: read.data, unknown, strange };
    const out: (readonly PropertyKey[])[] = [];
    for (const issue of read.error.issues) {
      if (issue.code === "unrecognized_keys") {
        for (const key of issue.keys) {
          out.push([...issue.path, key]);
          unknown.push(pointer([...issue.path, key]));
        }
        continue;
      }
      const found = withValues && issue.code === "invalid_value" ? valueAt(body, issue.path) : undefined;
      // Only a field can be left out: the places in a list have a meaning.
      const isField = typeof issue.path.at(-1) === "string";
      if (issue.code !== "invalid_value" || typeof found !== "string" || !isField) {
        return { ok: false, error: misfits(read.error.issues) };
      }
      out.push(issue.path);
      strange.push({ path: pointer(issue.path), value: found, allowed: issue.values.map(String) });
    }
    body = without(body, branchesTo(out));
  }
}

const misfits = (issues: readonly z.core.$ZodIssue[]): Misfit[] =>
  issues
    .filter((issue) => issue.code !== "unrecognized_keys")
    .map((issue) => ({
      path: pointer(issue.path),
      sentence: `${shown(pointer(issue.path)) || "The body"}: ${issue.message}.`,
    }));

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === "object" && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    body,
  );
}

/** Paths as a tree: what stands below each key; null where a path ends. */
type Branches = Map<PropertyKey, Branches | null>;

function branchesTo(paths: readonly (readonly PropertyKey[])[]): Branches {
  const root: Branches = new Map();
  for (const path of paths) {
    let at = root;
    for (const [index, key] of path.entries()) {
      if (index === path.length - 1) {
        at.set(key, null);
        break;
      }
      const next = at.get(key);
      // What is left out as a whole has nothing left below it.
      if (next === null) break;
      const branch: Branches = next ?? new Map();
      at.set(key, branch);
      at = branch;
    }
  }
  return root;
}

/** A copy without what those paths lead to, made in one walk: bodies may have thousands of such fields. */
function without(value: unknown, branches: Branches): unknown {
  if (typeof value !== "object" || value === null) return value;
  const inner = (key: PropertyKey, item: unknown): unknown => {
    const below = branches.get(key);
    return below ? without(item, below) : item;
  };
  if (Array.isArray(value)) return value.map((item, index) => inner(index, item));
  const kept = Object.entries(value).filter(([key]) => branches.get(key) !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, inner(key, item)]));
}
