/**
 * Does `work` for each of `all`, at most `most` at once, and tells what came of each, in their order, as `Promise.allSettled`
 * does. Once `signal` aborts nothing more is begun, and its reason is thrown.
 */
export async function settleFew<Item, Result>(
  all: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
  signal: AbortSignal,
): Promise<readonly PromiseSettledResult<Result>[]> {
  const settled: PromiseSettledResult<Result>[] = [];
  const left = all.entries();
  const takeTurns = async () => {
    for (const [index, item] of left) {
      signal.throwIfAborted();
      const [result] = await Promise.allSettled([work(item)]);
      settled[index] = result;
    }
  };
  signal.throwIfAborted();
  await Promise.all(Array.from({ length: most }, takeTurns));
  signal.throwIfAborted();
  return settled;
}
