import type { Millis } from "#lib/booking/slot.ts";
import { findOfferSet, liveOfferSetsOf, type StoredOfferSet } from "#lib/db/offer-sets.ts";

/** One live offer set of a user, on whatever platform; null when it has expired or was closed meanwhile. */
export async function readOfferSet(wanted: {
  offerSetId: string;
  userId: string;
  now: Millis;
}): Promise<StoredOfferSet | null> {
  const set = await findOfferSet(wanted.offerSetId);
  const sets = set ? await liveOfferSetsOf(wanted.userId, set.platformId, wanted.now) : [];
  return sets.find((set) => set.id === wanted.offerSetId) ?? null;
}
