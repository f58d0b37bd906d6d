import { v7 as uuidv7 } from "uuid";
import { nextOccurrence, type Repetition } from "#lib/booking/occurrences.ts";
import { no, type Result, yes } from "#lib/booking/refusal.ts";
import { type Millis, slotLength, slotStart } from "#lib/booking/slot.ts";
import { makeSeries, stopSeries } from "#lib/db/series.ts";
import { bookOccurrences } from "./book-occurrences.ts";
import { type OfBooking, ownBooking } from "./change-booking.ts";

/** A series is booked no further ahead than this: whoever wants more says so again. */
const LONGEST_MS = 366 * 86_400_000;

/**
 * Repeats a booking at the same time (UTC) every day or every week, until `until` (null: for a year at the most): each time
 * is a booking of its own with this series as its parent, made as soon as it comes into the window. Repeating again what
 * repeats answers with the series there is.
 */
export async function repeatSession({
  every,
  until,
  ...booking
}: OfBooking & { every: Repetition; until: Millis | null }): Promise<Result<{ readonly seriesId: string }>> {
  const { now } = booking;
  const found = await ownBooking(booking);
  if (!found.ok) return found;
  const session = found.value;
  if (session.phase === "CANCELLED" || session.phase === "FAILED") {
    return no("ALREADY_OVER", "What was cancelled or failed is not repeated. Book it again first.");
  }
  const going = session.series !== null && session.series.nextAt !== null ? session.series : null;
  if (going !== null && going.every !== every) {
    return no("INVALID_REQUEST", `It repeats every ${going.every} already. Stop that first.`);
  }
  if (until !== null && (!Number.isSafeInteger(until) || until <= session.startsAt || until > now + LONGEST_MS)) {
    return no("INVALID_REQUEST", "A booking repeats until a time after its start, within a year.", { field: "start" });
  }
  const rule = { slotMinutes: session.slotMinutes, windowHours: 0 };
  const startsAt = slotStart(rule, session.startsAt);
  const last = until ?? now + LONGEST_MS;
  const nextAt = nextOccurrence({ startsAt, every }, Math.max(startsAt, now));
  const seriesId = await makeSeries(
    {
      id: uuidv7(),
      platformId: session.platform.id,
      projectId: session.projectId,
      userId: session.user.id,
      executable: session.executable,
      resources: session.resources,
      durationSlots: Math.max(1, Math.floor((session.endsAt - session.startsAt) / slotLength(rule))),
      every,
      startsAt,
      until: last,
      nextAt: nextAt <= last ? nextAt : null,
      sessionId: session.id,
    },
    now,
  );
  await bookOccurrences({ now });
  return yes({ seriesId });
}

/** Ends a series: what is booked stays booked, nothing more is. Ending again is a yes. */
export async function endSeries({
  seriesId,
  user,
}: {
  seriesId: string;
  user: { readonly id: string };
}): Promise<Result<null>> {
  return (await stopSeries(seriesId, user.id)) ? yes(null) : no("NOT_FOUND", "There is no such repetition of yours.");
}
