import type { Send, Sent } from "./send.ts";

/** Everything in a list of the broker's, page by page as it is needed; `limit` is how much a page has. */
export async function* pages<T>(
  send: Send,
  path: string,
  query: NonNullable<Sent["query"]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  let search = query;
  for (;;) {
    const { items, next }: { items: T[]; next?: string } = await (await send(path, { query: search, signal })).json();
    yield* items;
    if (next === undefined) return;
    // Only what it asks for: the address is the broker's own.
    search = fieldsOf(next);
  }
}

function fieldsOf(address: string): NonNullable<Sent["query"]> {
  const { searchParams } = new URL(address, "http://localhost");
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
}
