import type { Millis } from "#lib/booking/slot.ts";

const two = (value: number) => String(value).padStart(2, "0");

/** What is left, as a clock that runs down: "35:41", "1:05:41", and "0:00" when nothing is. Whole seconds, rounded up. */
export function timeLeft(left: Millis): string {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** How long offers are held as a rule: what a full ring or bar stands for. */
export const HOLD_MS: Millis = 5 * 60_000;

/**
 * What is left of a hold, in whole seconds: `now` is a whole second that may lie before the offer was made. What the
 * waiting list offers is held for longer than other offers.
 */
export const holdLeft = (expiresAt: Millis, now: Millis): Millis =>
  Math.max(0, Math.floor((expiresAt - now) / 1000) * 1000);

/** A length of time in words: "40 s", "35 min", "1 h 20 min", "2 d 3 h". Below a minute in seconds, then whole minutes. */
export function lasting(length: Millis): string {
  const seconds = Math.max(0, Math.round(length / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
