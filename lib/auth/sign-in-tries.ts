import type { Millis } from "#lib/booking/slot.ts";

const MOST = 20;
const WITHIN: Millis = 60_000;
const tries = new Map<string, Millis[]>();

/** Counts a try to sign in with a name; true when there were more than 20 within a minute. */
export function tooManyTries(name: string, now: Millis): boolean {
  if (tries.size > 1000)
    for (const [other, times] of tries) if (now - (times.at(-1) ?? 0) >= WITHIN) tries.delete(other);
  const recent = [...(tries.get(name) ?? []).filter((at) => now - at < WITHIN), now];
  tries.set(name, recent);
  return recent.length > MOST;
}
