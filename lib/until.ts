import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks `condition` again and again until it gives something other than false, null or undefined, and returns that.
 *
 * withinMs: throws an Error that names `what` when this much time has passed. everyMs: the pause between two questions.
 * Throws the signal's reason when it aborts.
 */
export async function until<T>(
  what: string,
  condition: () => Promise<T> | T,
  { withinMs, everyMs = 20, signal }: { withinMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<Exclude<T, false | null | undefined>> {
  const began = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const answer = await condition();
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as Exclude<T, false | null | undefined>;
    }
    if (performance.now() - began > withinMs) throw new Error(`${what}: still not so after ${withinMs} ms`);
    await pause(everyMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}
