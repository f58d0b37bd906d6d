import type { Millis } from "#lib/booking/slot.ts";
import { clock, sameDay } from "#lib/client/zoned-time.ts";

/** "14" for a whole hour, "14:15" otherwise: short, as it stands over a narrow column. */
export const slotLabel = (start: Millis, zone: string): string => clock(start, zone).replace(/:00$/, "");

/** How many slots of each day follow each other: what the heads above the hours span. */
export function dayRuns(
  slots: readonly { readonly start: Millis }[],
  zone: string,
): { readonly start: Millis; readonly length: number }[] {
  const runs: { start: Millis; length: number }[] = [];
  for (const { start } of slots) {
    const last = runs.at(-1);
    if (last && sameDay(last.start, start, zone)) last.length += 1;
    else runs.push({ start, length: 1 });
  }
  return runs;
}
