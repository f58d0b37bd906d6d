import { type Result, yes } from "#lib/booking/refusal.ts";
import { type BodyTrouble, unreadable } from "./body-trouble.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { forbiddenKeys, MAX_DEPTH, MAX_NODES } from "./limits.ts";
import { pointer } from "./pointer.ts";

class NotPlain extends Error {
  readonly path: string;

  constructor(message: string, path: readonly string[]) {
    super(message);
    this.path = pointer(path).slice(0, 200);
  }
}

const shown = (path: readonly string[]) => (path.length === 0 ? "the whole body" : `/${path.join("/").slice(0, 200)}`);

/**
 * A copy of what a parser read, made of nothing but lists, maps, well-formed strings, finite numbers, booleans and null. Refuses
 * (400, the sentence names the path) what is nested deeper than {@link MAX_DEPTH}, has more than {@link MAX_NODES} values, a
 * forbidden key, an integer beyond ±(2^53−1), NaN or an infinity, or text that PostgreSQL cannot keep (U+0000, half of a
 * surrogate pair); also what is no object at the top.
 */
export function plainObject(read: unknown): Result<JsonObject, BodyTrouble> {
  if (typeof read !== "object" || read === null || Array.isArray(read)) {
    return unreadable("The body has to be an object at its top: names with values.");
  }
  try {
    return yes(copyOf(read, [], { nodes: 0 }) as JsonObject);
  } catch (error) {
    if (error instanceof NotPlain)
      return { ok: false, error: { status: 400, sentence: error.message, path: error.path } };
    throw error;
  }
}

function copyOf(value: unknown, path: readonly string[], count: { nodes: number }): JsonValue {
  if (path.length > MAX_DEPTH)
    throw new NotPlain(`What is at ${shown(path)} is nested more than ${MAX_DEPTH} levels deep.`, path);
  count.nodes += 1;
  if (count.nodes > MAX_NODES) throw new NotPlain(`There are more than ${MAX_NODES} values in this body.`, path);
  if (typeof value === "string") return textOf(value, path);
  if (typeof value === "number" || typeof value === "bigint") return numberOf(value, path);
  if (typeof value === "boolean" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => copyOf(item, [...path, `${index}`], count));
  if (typeof value !== "object") throw new TypeError(`a parser read a ${typeof value}`);
  const copy: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (forbiddenKeys.has(key))
      throw new NotPlain(`The name “${key}” is not allowed (in ${shown(path)}).`, [...path, key]);
    copy[textOf(key, path)] = copyOf(inner, [...path, key], count);
  }
  return copy;
}

function textOf(text: string, path: readonly string[]): string {
  if (text.includes("\0"))
    throw new NotPlain(`The text at ${shown(path)} has a character U+0000, which cannot be kept.`, path);
  if (!text.isWellFormed()) throw new NotPlain(`The text at ${shown(path)} has half of a surrogate pair.`, path);
  return text;
}

function numberOf(value: number | bigint, path: readonly string[]): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new NotPlain(`The number at ${shown(path)} is not a finite one.`, path);
  if (typeof value === "bigint" && !Number.isSafeInteger(number)) {
    throw new NotPlain(`The integer at ${shown(path)} is too large to be kept exactly (the limit is 2^53-1).`, path);
  }
  return number;
}
