import type { Millis } from "#lib/booking/slot.ts";

/** How often a page asks by itself while the line for events is closed. */
export const POLL_MS = 15_000;
/** How often a session's page asks while its server is being prepared. */
export const PREPARING_POLL_MS = 2_000;

/** How often the page of a session asks whose log is all there is to see. */
export const LOG_POLL_MS = 5_000;

/** The clock turning a slot is a change that nobody announces; asking 300 ms later finds the server there too. */
const AFTER_TURN_MS = 300;

/** When to ask again: at the next of `turns` that is to come, and every `every` when given. Never twice in 500 ms. */
export function pollInterval(now: Millis, turns: readonly Millis[], every: Millis | null): number | false {
  const coming = turns.filter((turn) => turn > now - AFTER_TURN_MS).map((turn) => turn + AFTER_TURN_MS - now);
  const waits = every === null ? coming : [every, ...coming];
  return waits.length === 0 ? false : Math.max(500, Math.min(...waits));
}
