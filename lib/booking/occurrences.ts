import type { Millis, TimeSpan } from "./slot.ts";

export type Repetition = "day" | "week";

/** A booking that repeats, counted from the start of its first. */
export interface Series {
  readonly startsAt: Millis;
  readonly every: Repetition;
}

const DAY: Millis = 86_400_000;
const periodOf: Record<Repetition, Millis> = { day: DAY, week: 7 * DAY };

/**
 * The first start of the series strictly after `after`; the first of all when that is still to come. Days and weeks are
 * counted in UTC, so they are always 24 and 168 hours long: where clocks change, the hour on the wall moves, the slot does
 * not.
 */
export function nextOccurrence({ startsAt, every }: Series, after: Millis): Millis {
  const period = periodOf[every];
  return after < startsAt ? startsAt : startsAt + (Math.floor((after - startsAt) / period) + 1) * period;
}

/** All starts of the series in `[span.start, span.end)`, earliest first; none after `until` (the last may be at it). */
export function occurrencesIn(series: Series, span: TimeSpan, until: Millis | null): Millis[] {
  const starts: Millis[] = [];
  let start = nextOccurrence(series, span.start - 1);
  while (start < span.end && (until === null || start <= until)) {
    starts.push(start);
    start += periodOf[series.every];
  }
  return starts;
}
