import { fetchSeconds } from "#lib/booking/fetch-time.ts";
import { DAYS_OF_TIMES, LAST_TIMES, learnedLead, MOST_LEAD_SECONDS, mostLead } from "#lib/booking/lead.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { bookingsWithoutLead, keepLead, startTimes } from "#lib/db/leads.ts";

/** It is worked out so long before it could count. */
const BEFORE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Works out for the bookings that begin soon, on platforms elsewhere or with data, how early they are started: from how long the last
 * starts of the same image took there, and how long their data are reckoned to take. Asked now and then; a booking keeps what was
 * worked out for it.
 */
export async function learnLeads({ now }: { now: Millis }): Promise<void> {
  const times = new Map<string, Promise<Millis[]>>();
  for (const booking of await bookingsWithoutLead(now, now + MOST_LEAD_SECONDS * 1000 + BEFORE_MS)) {
    const kind = JSON.stringify([booking.platformId, booking.image]);
    const known = times.get(kind) ?? startTimes(booking, now - DAYS_OF_TIMES * DAY_MS, LAST_TIMES);
    times.set(kind, known);
    const bounds = { mostSeconds: mostLead(booking), otherwiseSeconds: booking.prepareSeconds };
    const fetching = fetchSeconds(booking.executable.files ?? [], booking.settings);
    await keepLead(booking.id, learnedLead(await known, bounds, fetching));
  }
}
