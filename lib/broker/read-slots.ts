import type { Capacity } from "#lib/booking/capacity.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { readCapacity } from "#lib/db/ledger.ts";
import { type BookingPlace, bookingPlaces } from "./read-calendar.ts";

/** The window of every platform that a user may book on, or of the one of that name. */
export async function readSlots({
  userId,
  platform,
  now,
}: {
  userId: string;
  platform: string | null;
  now: Millis;
}): Promise<(BookingPlace & { readonly capacity: Capacity })[]> {
  const places = (await bookingPlaces(userId)).filter((one) => platform === null || one.platform.name === platform);
  return Promise.all(
    places.map(async (place) => {
      const booker = { platformId: place.platform.id, projectId: place.project.id, userId };
      const window = bookingWindow(place.platform, now);
      return { ...place, capacity: await readCapacity(booker, window, place.platform.slotMinutes) };
    }),
  );
}
