import type { Millis } from "#lib/booking/slot.ts";
import { writeDuration, writeInstant, writeInterval } from "../iso8601/write-time.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import { keptOf } from "./kept-request.ts";
import type { ShownSession } from "./shown-session.ts";

/** The standard's times have whole seconds. */
const second = (at: Millis): Millis => Math.floor(at / 1000) * 1000;

/**
 * When it is prepared, can be used, and is released: one follows the other, to the second. A booked start is exact (a span of no
 * length). An offer to start at once may be accepted as long as it lives, so it may start in all that time, and promises what is
 * left of the time then. Nothing is prepared before it was offered. What starts at once is prepared then, as far as its slots are longer
 * than what was asked for; where its start had to be in a window, that is all there is.
 */
export function showSchedule(session: ShownSession): NonNullable<ScheduledSession["schedule"]> {
  const { createdAt, startsNow, expiresAt, prepareSeconds, phase, slotMinutes } = session;
  const [start, end] = [second(session.startsAt), second(session.endsAt)];
  const isOpen = startsNow && ["OFFERED", "EXPIRED", "REJECTED"].includes(phase);
  // After it expires, as a start may not be earlier than the acceptance.
  const latest = isOpen ? second(expiresAt) + 1000 : start;
  const hasWindow = keptOf(session.asked).request?.schedule?.requested?.start !== undefined;
  const spare = (end - latest) % (slotMinutes * 60_000);
  const after = startsNow && !hasWindow ? Math.min(prepareSeconds * 1000, spare) : 0;
  const preparing = startsNow ? start : Math.min(start, Math.max(start - prepareSeconds * 1000, second(createdAt)));
  return {
    preparing: { start: writeInstant(preparing), duration: writeDuration(start + after - preparing) },
    available: { start: writeInterval(start + after, latest + after), duration: writeDuration(end - latest - after) },
    releasing: { start: writeInstant(end), duration: writeDuration(0) },
  };
}
