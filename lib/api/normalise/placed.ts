import { pointer } from "../media/pointer.ts";

/** A value, and where it stood in what was sent, as a JSON pointer: a field that is moved keeps its old address for notes. */
export interface Placed {
  readonly value: unknown;
  readonly path: string;
}

/** An object taken apart: its fields in their order. A Map, so that no name of a field means anything to JavaScript. */
export type Fields = Map<string, Placed>;

/** The address of a field or an entry below `path`. */
export const below = (path: string, key: string | number): string => path + pointer([key]);

export const open = (value: Readonly<Record<string, unknown>>, path: string): Fields =>
  new Map(Object.entries(value).map(([key, field]) => [key, { value: field, path: below(path, key) }]));

/** The object again. `Object.fromEntries` defines fields and never calls a setter. */
export const close = (fields: Fields): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...fields].map(([key, { value }]) => [key, value]));

export const entries = (list: readonly unknown[], path: string): Placed[] =>
  list.map((value, index) => ({ value, path: below(path, index) }));

/** Replaces the value of a field that is there. */
export function change(fields: Fields, key: string, how: (field: Placed) => unknown): void {
  const field = fields.get(key);
  if (field !== undefined) fields.set(key, { ...field, value: how(field) });
}

/** Takes a field out. */
export function take(fields: Fields, key: string): Placed | undefined {
  const field = fields.get(key);
  fields.delete(key);
  return field;
}
