import { Trouble } from "../trouble.ts";

/** The first so many of a list that comes page by page. */
export async function firstOf<T>(many: number, list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) {
    found.push(one);
    if (found.length >= many) break;
  }
  return found;
}

/** What --limit says: 1 to 1000, 20 when left out. Throws Trouble for anything else. */
export function howMany(limit: unknown): number {
  if (limit === undefined) return 20;
  const many = Number(limit);
  if (!Number.isInteger(many) || many < 1 || many > 1000) throw new Trouble("--limit is a number from 1 to 1000.");
  return many;
}
