import type { Millis } from "#lib/booking/slot.ts";
import { liveOfferSetsOf, type StoredOfferSet } from "#lib/db/sessions.ts";

/** One live offer set of a user on a platform; null when it has expired or was closed meanwhile. */
export async function readOfferSet(wanted: {
  offerSetId: string;
  userId: string;
  platformId: string;
  now: Millis;
}): Promise<StoredOfferSet | null> {
  const sets = await liveOfferSetsOf(wanted.userId, wanted.platformId, wanted.now);
  return sets.find((set) => set.id === wanted.offerSetId) ?? null;
}
