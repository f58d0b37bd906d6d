import type { Millis } from "#lib/booking/slot.ts";
import { clockSpan, day, partOfDay, zoneName } from "#lib/client/zoned-time.ts";

/** Slots in one row of the wide grid; 3 and 1, its narrower forms, divide it. */
export const ROW = 6;

/** Cuts `items` into rows of `size`, the last one maybe shorter. */
export function rowsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, (row + 1) * size));
}

const THREE_HOURS = 3 * 3_600_000;

/**
 * "Thu 26 Nov, afternoon" for hours, after the middle of the row, and both days when midnight lies in it; for shorter
 * slots the span itself: "Thu 26 Nov, 13:00–13:06 Toronto".
 */
export function rowLabel(start: Millis, end: Millis, zone: string): string {
  const [first, last] = [day(start, zone), day(end - 1, zone)];
  const days = first === last ? first : `${first} – ${last}`;
  if (end - start >= THREE_HOURS) return `${days}, ${partOfDay((start + end) / 2, zone)}`;
  return `${days}, ${clockSpan(start, end, zone)} ${zoneName(zone)}`;
}
