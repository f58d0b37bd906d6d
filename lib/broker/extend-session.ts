import { budgetLeft } from "#lib/booking/budget.ts";
import { longestExtension } from "#lib/booking/extension.ts";
import { no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import { bookingWindow, type Millis, slotLength } from "#lib/booking/slot.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { findPlatformById } from "#lib/db/platforms.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { changeBooking, notOver, type OfBooking, ownBooking } from "./change-booking.ts";
import { whyNotCovered } from "./credential-cover.ts";
import { rescheduleEnd } from "./schedule-end.ts";

/** Why a session was not extended, and by how many slots it could be. */
export interface NotExtended {
  readonly refusal: Refusal;
  readonly longest: number;
}

/**
 * Extends a booking by whole slots, before or during its run: the slots right after its end, within the window and the
 * limits. Says no with the longest extension that could be had now, which may be 0.
 */
export async function extendSession({
  slots,
  ...booking
}: OfBooking & { slots: number }): Promise<Result<{ readonly endsAt: Millis }, NotExtended>> {
  const refuse = async (refusal: Refusal): Promise<{ ok: false; error: NotExtended }> => ({
    ok: false,
    error: { refusal, longest: await longestExtensionOf(booking) },
  });
  if (!Number.isSafeInteger(slots) || slots < 1 || slots > 10_000) {
    const sentence = "A session is extended by a whole number of slots, at least 1.";
    return refuse(no("INVALID_REQUEST", sentence, { field: "durationSlots" }).error);
  }
  const changed = await changeBooking(
    booking,
    notOver,
    async (session) => {
      const platform = await findPlatformById(session.platform.id);
      if (!platform) return no("NOT_FOUND");
      const more = slots * slotLength(platform);
      const end = session.span.end + more;
      if (end > bookingWindow(platform, booking.now).end) {
        const sentence = `One can book ${platform.windowHours} hours ahead: that is too long.`;
        return no("OUTSIDE_WINDOW", sentence, { field: "durationSlots" });
      }
      const { startsAt, endsAt, span } = session;
      const uncovered = await whyNotCovered({
        platform,
        userId: session.user.id,
        until: endsAt + more,
        now: booking.now,
      });
      if (uncovered) return { ok: false, error: uncovered };
      return yes({ startsAt, endsAt: endsAt + more, span: { start: span.start, end } });
    },
    "Extended by its owner.",
  );
  if (!changed.ok) return refuse(changed.error);
  await rescheduleEnd(changed.value);
  return yes({ endsAt: changed.value.endsAt });
}

/** By how many slots a booking could be extended now; 0 for what cannot be extended, or is not theirs. */
export async function longestExtensionOf(booking: OfBooking): Promise<number> {
  const found = await ownBooking(booking);
  return found.ok ? longestFor(found.value, booking.now) : 0;
}

async function longestFor(session: StoredSession, now: Millis): Promise<number> {
  const platform = (notOver as readonly string[]).includes(session.phase)
    ? await findPlatformById(session.platform.id)
    : null;
  if (!platform) return 0;
  const booker = { platformId: platform.id, projectId: session.projectId, userId: session.user.id };
  const capacity = await readCapacity(booker, bookingWindow(platform, now), platform.slotMinutes);
  const left = budgetLeft(capacity, platform);
  const hours = { cores: left.cores?.leftHours ?? null, gpus: left.gpus?.leftHours ?? null };
  return longestExtension(
    { endsAt: session.span.end, resources: session.resources },
    platform,
    capacity.slots,
    hours,
    now,
  );
}
