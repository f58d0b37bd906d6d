import type { Millis } from "#lib/booking/slot.ts";

/**
 * Between three quarters of `wait` and all of it, in whole milliseconds, the same each time for one session. Sessions begin at the full
 * hour, so what fails fails for all of them at once: they shall not all come back at once too. `id`: a UUID, whose end is random.
 */
export const spread = (wait: Millis, id: string): Millis =>
  Math.round(wait * (0.75 + (0.25 * Number.parseInt(id.slice(-4), 16)) / 0xff_ff));
