import type { Millis } from "#lib/booking/slot.ts";
import { clockSpan, day, partOfDay, zoneName } from "#lib/client/zoned-time.ts";

/** Slots in one row of the wide grid; 3 and 1, its narrower forms, divide it. */
export const ROW = 6;

/** Cuts `items` into rows of `size`, the last one maybe shorter. */
export function rowsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, (row + 1) * size));
}

const THREE_HOURS = 3 * 3_600_000;

/** "Thu 26 Nov, afternoon" for hours; for shorter slots the span itself: "Thu 26 Nov, 13:00–13:06 Toronto". */
export function rowLabel(start: Millis, end: Millis, zone: string): string {
  if (end - start >= THREE_HOURS) return `${day(start, zone)}, ${partOfDay(start, zone)}`;
  return `${day(start, zone)}, ${clockSpan(start, end, zone)} ${zoneName(zone)}`;
}
