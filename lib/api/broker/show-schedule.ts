import { writeDuration, writeInstant, writeInterval } from "../iso8601/write-time.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import type { ShownSession } from "./shown-session.ts";

/**
 * When it is prepared, can be used, and is released. A booked start is exact (a span of no length). An offer to start at once may
 * be accepted as long as it lives, so it may start in all that time, and promises what is left of the time then.
 */
export function showSchedule(session: ShownSession): NonNullable<ScheduledSession["schedule"]> {
  const { startsAt, endsAt, startsNow, expiresAt, prepareSeconds, phase } = session;
  const isOpen = startsNow && ["OFFERED", "EXPIRED", "REJECTED"].includes(phase);
  // A whole second later than it expires, as the standard's times have no fractions.
  const latest = isOpen ? Math.ceil(expiresAt / 1000) * 1000 : startsAt;
  const prepareMs = startsNow ? 0 : prepareSeconds * 1000;
  return {
    preparing: { start: writeInstant(startsAt - prepareMs), duration: writeDuration(prepareMs) },
    available: { start: writeInterval(startsAt, latest), duration: writeDuration(endsAt - latest) },
    releasing: { start: writeInstant(endsAt), duration: writeDuration(0) },
  };
}
