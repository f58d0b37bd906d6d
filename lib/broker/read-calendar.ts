import { openPhases } from "#lib/booking/phase.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { liveOfferSetsOf } from "#lib/db/offer-sets.ts";
import { placesOf, type StoredPlatform } from "#lib/db/platforms.ts";
import { bookingsAround } from "#lib/db/sessions.ts";
import { bookingCaps, type StoredProject } from "#lib/db/users.ts";
import { waitsOf } from "#lib/db/waitlist.ts";
import { platformReadiness } from "./platform-readiness.ts";

/** Where a person books: the platform and the project it counts for. */
export interface BookingPlace {
  readonly platform: StoredPlatform;
  readonly project: StoredProject;
}

/**
 * The place a person books in: the platform of that name if they have a project on it, else the first one where they have;
 * and their first project there. Null when they have none.
 */
export async function bookingPlace(userId: string, platformName?: string): Promise<BookingPlace | null> {
  const places = await bookingPlaces(userId);
  return places.find(({ platform }) => platform.name === platformName) ?? places[0] ?? null;
}

/** Every place a person may book in: each platform with their first project there, or with the project of that name. */
export const bookingPlaces = (userId: string, projectName: string | null = null): Promise<BookingPlace[]> =>
  placesOf(userId, projectName);

/** Everything the calendar shows to one person: the window's slots, their bookings in it, their live offers, their caps. */
export async function readCalendar({ place, userId, now }: { place: BookingPlace; userId: string; now: Millis }) {
  const { platform, project } = place;
  const window = bookingWindow(platform, now);
  const booker = { platformId: platform.id, projectId: project.id, userId };
  const [{ slots, budgets }, sessions, offerSets, caps, waits, readiness, places] = await Promise.all([
    readCapacity(booker, window, platform.slotMinutes),
    bookingsAround(userId, platform.id, window.start, 200),
    liveOfferSetsOf(userId, platform.id, now),
    bookingCaps(userId, platform.id, openPhases, now),
    waitsOf(userId, platform.id),
    platformReadiness(platform, now),
    bookingPlaces(userId),
  ]);
  const others = places.filter((one) => one.platform.id !== platform.id).map((one) => one.platform);
  return { platform, others, project, slots, budgets, sessions, offerSets, waits, ...caps, readiness };
}
