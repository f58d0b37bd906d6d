import { shortestEnd } from "#lib/booking/extension.ts";
import { no, type Result, yes } from "#lib/booking/refusal.ts";
import { type Millis, slotLength } from "#lib/booking/slot.ts";
import { findPlatformById } from "#lib/db/platforms.ts";
import { changeBooking, notOver, type OfBooking } from "./change-booking.ts";
import { rescheduleEnd } from "./schedule-end.ts";

/**
 * Shortens a booking by whole slots at its end, before or during its run; they are free for others at once. The slot that
 * runs, or its first one, stays: to give up that too, cancel it.
 */
export async function shortenSession({
  slots,
  ...booking
}: OfBooking & { slots: number }): Promise<Result<{ readonly endsAt: Millis }>> {
  if (!Number.isSafeInteger(slots) || slots < 1 || slots > 10_000) {
    const sentence = "A session is shortened by a whole number of slots, at least 1.";
    return no("INVALID_REQUEST", sentence, { field: "durationSlots" });
  }
  const changed = await changeBooking(
    booking,
    notOver,
    async (session) => {
      const platform = await findPlatformById(session.platform.id);
      if (!platform) return no("NOT_FOUND");
      const { startsAt, span } = session;
      const endsAt = session.endsAt - slots * slotLength(platform);
      if (endsAt < shortestEnd({ startsAt, slotsFrom: span.start, endsAt: session.endsAt }, platform, booking.now)) {
        const sentence =
          "That much cannot be given back: the slot that runs, or its first one, stays. Cancel it instead.";
        return no("INVALID_REQUEST", sentence, { field: "durationSlots" });
      }
      return yes({ startsAt, endsAt, span: { start: span.start, end: span.end - slots * slotLength(platform) } });
    },
    "Shortened by its owner.",
  );
  if (!changed.ok) return changed;
  await rescheduleEnd(changed.value);
  return yes({ endsAt: changed.value.endsAt });
}
