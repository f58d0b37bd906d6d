import { startsTooSoon } from "#lib/booking/candidates.ts";
import { no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import { bookingWindow, isSlotStart, type Millis, slotLength, slotStart } from "#lib/booking/slot.ts";
import { findPlatformById } from "#lib/db/platforms.ts";
import { changeBooking, notLaunched, type OfBooking } from "./change-booking.ts";
import { whyNotCovered } from "./credential-cover.ts";

/**
 * Moves a booking that has not been launched to another start, as long as it is: the new slots are taken and the old ones
 * given back in one statement, so it keeps the old ones when the new ones cannot be had.
 */
export async function moveBooking({
  startsAt,
  ...booking
}: OfBooking & { startsAt: Millis }): Promise<Result<{ readonly startsAt: Millis; readonly endsAt: Millis }, Refusal>> {
  const changed = await changeBooking(
    booking,
    notLaunched,
    async (session) => {
      const platform = await findPlatformById(session.platform.id);
      if (!platform) return no("NOT_FOUND");
      const at = { field: "start" } as const;
      if (!Number.isSafeInteger(startsAt) || !isSlotStart(platform, startsAt)) {
        return no("INVALID_REQUEST", "A booking is moved to the start of a slot.", at);
      }
      // One that was to start at once has the rest of its first slot for good: elsewhere that is a whole one.
      const { span } = session;
      const lasts = session.startsNow ? span.end - span.start : session.endsAt - session.startsAt;
      const endsAt = startsAt + lasts;
      const end = slotStart(platform, endsAt - 1) + slotLength(platform);
      if (startsTooSoon(platform, startsAt, booking.now)) {
        return no("OUTSIDE_WINDOW", "That time has begun or is about to. Choose a later start.", at);
      }
      if (end > bookingWindow(platform, booking.now).end) {
        return no("OUTSIDE_WINDOW", `One can book ${platform.windowHours} hours ahead. Choose an earlier start.`, at);
      }
      const uncovered = await whyNotCovered({ platform, userId: session.user.id, until: endsAt, now: booking.now });
      if (uncovered) return { ok: false, error: uncovered };
      return yes({ startsAt, endsAt, span: { start: startsAt, end } });
    },
    "Moved by its owner.",
  );
  return changed.ok ? yes({ startsAt: changed.value.startsAt, endsAt: changed.value.endsAt }) : changed;
}
