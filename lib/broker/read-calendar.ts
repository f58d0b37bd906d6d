import { openPhases } from "#lib/booking/phase.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { readCapacity } from "#lib/db/ledger.ts";
import { findPlatform, type StoredPlatform } from "#lib/db/platforms.ts";
import { bookingsOf, liveOfferSetsOf } from "#lib/db/sessions.ts";
import { bookingCaps, projectsOf, type StoredProject } from "#lib/db/users.ts";
import { platformReadiness } from "./platform-readiness.ts";

/** Where a person books: the platform and the project it counts for. */
export interface BookingPlace {
  readonly platform: StoredPlatform;
  readonly project: StoredProject;
}

/** The place a person books in: today the first platform, and their first project on it. Null when they have none. */
export async function bookingPlace(userId: string): Promise<BookingPlace | null> {
  const platform = await findPlatform();
  const project = platform && (await projectsOf(userId, platform.id))[0];
  return platform && project ? { platform, project } : null;
}

/** Everything the calendar shows to one person: the window's slots, their bookings in it, their live offers, their caps. */
export async function readCalendar({ place, userId, now }: { place: BookingPlace; userId: string; now: Millis }) {
  const { platform, project } = place;
  const window = bookingWindow(platform, now);
  const booker = { platformId: platform.id, projectId: project.id, userId };
  const [{ slots, budgets }, sessions, offerSets, caps, readiness] = await Promise.all([
    readCapacity(booker, window, platform.slotMinutes),
    bookingsOf(userId, { most: 200, endingAfter: window.start, platformId: platform.id }),
    liveOfferSetsOf(userId, platform.id, now),
    bookingCaps(userId, platform.id, openPhases),
    platformReadiness(platform.kind),
  ]);
  const bookings = caps ?? { open: 0, limit: 0 };
  return { platform, project, slots, budgets, sessions, offerSets, bookings, readiness };
}
