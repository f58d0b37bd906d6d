import type { Millis } from "#lib/booking/slot.ts";

/**
 * Writes a time as the standard has it: UTC, whole seconds, 2026-09-01T09:00:00Z. What is left of a second is cut off.
 * Throws RangeError outside the years 0000 to 9999.
 */
export function writeInstant(at: Millis): string {
  const text = new Date(Math.floor(at / 1000) * 1000).toISOString();
  if (text.length !== "2026-09-01T09:00:00.000Z".length)
    throw new RangeError(`The year of ${text} is beyond 0000 to 9999.`);
  return `${text.slice(0, -".000Z".length)}Z`;
}

/**
 * Writes a duration in hours, minutes and whole seconds, PT1H30M; nothing is PT0S. Days are hours, so that 36 hours are
 * PT36H. What is left of a second is cut off. Throws RangeError below zero and beyond 2^53 − 1 ms.
 */
export function writeDuration(durationMs: number): string {
  if (!(durationMs >= 0 && durationMs <= Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(`A duration of ${durationMs} ms cannot be written.`);
  }
  const all = Math.floor(durationMs / 1000);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const parts = [hours > 0 && `${hours}H`, minutes > 0 && `${minutes}M`, seconds > 0 && `${seconds}S`];
  return `PT${parts.filter(Boolean).join("") || "0S"}`;
}

/**
 * Writes an interval as start/duration; exactly one moment is …Z/PT0S. Both ends are cut to whole seconds. Throws RangeError
 * when it ends before it starts.
 */
export const writeInterval = (from: Millis, until: Millis): string =>
  `${writeInstant(from)}/${writeDuration((Math.floor(until / 1000) - Math.floor(from / 1000)) * 1000)}`;
