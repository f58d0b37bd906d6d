import type { Millis } from "./slot.ts";

/** No session is started earlier than this, whatever was learned, in seconds. */
export const MOST_LEAD_SECONDS = 600;

/** So many of the last start times are looked at, of so many days; fewer than `LEAST_TIMES` say nothing. */
export const LAST_TIMES = 50;
export const DAYS_OF_TIMES = 30;
const LEAST_TIMES = 3;

/** Within what a lead has to be, in seconds. `otherwise`: the platform's own, for when nothing was learned. */
export interface LeadBounds {
  readonly mostSeconds: number;
  readonly otherwiseSeconds: number;
}

/** The longest lead where slots are so long, in whole seconds: never more than half a slot of somebody else. */
export const mostLead = ({ slotMinutes }: { readonly slotMinutes: number }): number =>
  Math.min(MOST_LEAD_SECONDS, slotMinutes * 30);

/**
 * How long before its slot a session is started so that it is ready when the slot begins: nine of ten recent starts took no longer.
 *
 * startTimesMs: how long each took, in milliseconds, in any order. fetchSeconds: how long its data are reckoned to take after that.
 * Returns whole seconds, rounded up, from 0 to `mostSeconds`.
 */
export function learnedLead(
  startTimesMs: readonly Millis[],
  { mostSeconds, otherwiseSeconds }: LeadBounds,
  fetchSeconds = 0,
): number {
  const bounded = (seconds: number) => Math.max(0, Math.min(mostSeconds, Math.ceil(seconds + fetchSeconds)));
  if (startTimesMs.length < LEAST_TIMES) return bounded(otherwiseSeconds);
  const sorted = startTimesMs.toSorted((a, b) => a - b);
  const ninthOfTen = sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0;
  return bounded(ninthOfTen / 1000);
}
