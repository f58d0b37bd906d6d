import type { Millis } from "#lib/booking/slot.ts";

/** A span in which a session may start, both ends included; of no length: a start at exactly that time. */
export interface Window {
  readonly from: Millis;
  readonly until: Millis;
}

/**
 * The same times in as few windows as can be: those that overlap or touch are one, two exact starts are not. In the order in which
 * the first of each was named, as they are tried one after the other.
 */
export function mergedWindows(windows: readonly Window[]): Window[] {
  const sorted = windows.map((window, place) => ({ ...window, place })).sort((a, b) => a.from - b.from);
  const merged: { from: Millis; until: Millis; place: number }[] = [];
  for (const { from, until, place } of sorted) {
    const last = merged.at(-1);
    if (last === undefined || from > last.until) {
      merged.push({ from, until, place });
      continue;
    }
    last.until = Math.max(last.until, until);
    last.place = Math.min(last.place, place);
  }
  return merged.sort((a, b) => a.place - b.place).map(({ from, until }) => ({ from, until }));
}
