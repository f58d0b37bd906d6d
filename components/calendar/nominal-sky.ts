import type { Millis } from "#lib/booking/slot.ts";
import { zonedTime } from "#lib/client/zoned-time.ts";

/** Local hours at which the nominal sky changes: decoration, for a place we do not know, so an equinox at 40° north. */
const stops: readonly (readonly [hour: number, colour: string])[] = [
  [0, "dark"],
  [4.5, "dark"],
  [5.3, "twilight"],
  [6, "dusk"],
  [7, "day"],
  [17, "day"],
  [18, "dusk"],
  [18.7, "twilight"],
  [19.5, "dark"],
  [24, "dark"],
];

/** The colour of the sky at a local hour, 0 ≤ hour ≤ 24, as CSS. */
export function skyAt(hour: number): string {
  const next = Math.max(
    1,
    stops.findIndex(([from]) => from >= hour),
  );
  const [after, to] = stops[next] ?? [24, "dark"];
  const [before, from] = stops[next - 1] ?? [0, "dark"];
  const share = Math.round(((hour - before) / (after - before)) * 100);
  if (from === to || share === 0) return `var(--color-sky-${from})`;
  if (share === 100) return `var(--color-sky-${to})`;
  return `color-mix(in oklab, var(--color-sky-${from}), var(--color-sky-${to}) ${share}%)`;
}

const localHour = (at: Millis, zone: string) => {
  const time = zonedTime(at, zone);
  return time.hour + time.minute / 60;
};

/** The sky over one slot. */
export const skyOver = (start: Millis, zone: string): string => skyAt(localHour(start, zone));

/** The sky over a row of slots, as a gradient from left to right. */
export function skyStrip(start: Millis, end: Millis, zone: string): string {
  const steps = 18;
  const colours = Array.from({ length: steps + 1 }, (_, step) =>
    skyAt(localHour(start + ((end - start) * step) / steps, zone)),
  );
  return `linear-gradient(90deg, ${colours.join(", ")})`;
}
