import type { Millis, TimeSpan } from "#lib/booking/slot.ts";

const MINUTE: Millis = 60_000;

/** Minutes before the end at which one is warned. */
export const WARNING_MINUTES = [10, 2] as const;

/** When one is warned of the end; a booking not longer than a warning does without it. */
export const warningsOf = ({ start, end }: TimeSpan): { minutes: number; at: Millis }[] =>
  WARNING_MINUTES.filter((minutes) => end - start > minutes * MINUTE).map((minutes) => ({
    minutes,
    at: end - minutes * MINUTE,
  }));

/** The warning that holds at `now`, the latest one; null before the first and after the end. */
export function warningAt(booking: TimeSpan, now: Millis): number | null {
  if (now >= booking.end) return null;
  return warningsOf(booking).findLast(({ at }) => at <= now)?.minutes ?? null;
}
