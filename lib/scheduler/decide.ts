import { isOver, type Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";

/** What the rule has to know of a booking. */
export interface Known {
  readonly phase: Phase;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  /** How long before its start it may be launched; whether there is room for it then, the launch finds out. */
  readonly prepareSeconds: number;
  /** When its platform, which could not end it yet, is asked again. */
  readonly releaseAgainAt: Millis | null;
}

/**
 * What is due for a booking at `now`; null when nothing is. Asked of every unfinished booking when a worker starts and
 * every few seconds after, it makes good whatever a crash cut off; the jobs made with each change of phase only make it
 * prompt. Pure, so that a whole day is played through in a test without a clock.
 */
export function decide(booking: Known, now: Millis): "launch" | "watch" | "release" | null {
  if (isOver(booking.phase) || booking.phase === "RELEASING") {
    return now >= (booking.releaseAgainAt ?? now) ? "release" : null;
  }
  switch (booking.phase) {
    case "INITIAL":
    case "OFFERED":
      return null; // offers expire together, by another rule
    case "ACCEPTED":
    case "WAITING":
      return now >= booking.startsAt - booking.prepareSeconds * 1000 ? "launch" : null;
    default:
      return now >= booking.endsAt ? "release" : "watch";
  }
}
