import { startsTooSoon } from "#lib/booking/candidates.ts";
import type { RequestedStart } from "#lib/booking/request.ts";
import { bookingWindow, type Millis, type SlotRule, slotLength, slotStart } from "#lib/booking/slot.ts";

/**
 * How much longer than asked a session is that starts at once: it has what is left of the running slot, too, and of the next one where
 * that is too little to decide in.
 */
export function extraAtOnce(rule: SlotRule, now: Millis): Millis {
  const length = slotLength(rule);
  const next = slotStart(rule, now) + length;
  return next - now + (startsTooSoon(rule, next, now) ? length : 0);
}

/** The same starts without the running slot: sessions that are exactly as long as asked. Empty: there is none. */
export function exactStarts(starts: readonly RequestedStart[], rule: SlotRule, now: Millis): RequestedStart[] {
  const next = slotStart(rule, now) + slotLength(rule);
  return starts
    .map((start) =>
      start.kind === "now"
        ? { kind: "window" as const, from: next, until: bookingWindow(rule, now).end }
        : start.from <= now
          ? { ...start, from: next }
          : start,
    )
    .filter(({ from, until }) => from <= until);
}
