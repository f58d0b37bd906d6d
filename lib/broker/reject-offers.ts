import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { endSessions } from "#lib/db/ledger.ts";
import { liveOffersOf, offersOfSet } from "#lib/db/offer-sets.ts";

/** Releases what is left of an offer set; harmless when nothing is. Refuses somebody else's set as not found. */
export async function rejectOffers({
  offerSetId,
  user,
  now,
}: {
  offerSetId: string;
  user: { readonly id: string; readonly name: string };
  now: Millis;
}): Promise<Result<null>> {
  const offers = await offersOfSet(offerSetId, user.id);
  if (offers === null) return no("NOT_FOUND", "There is no such set of offers.");
  const live = await liveOffersOf(offerSetId, now);
  // Those that nobody accepted in time have expired, whoever notices first.
  const overdue = offers.filter((id) => !live.includes(id));
  const end = (ids: readonly string[], after: "REJECTED" | "EXPIRED", why: string) =>
    ids.length > 0 && endSessions(ids, { before: ["OFFERED"], after, why }, user.name, now);
  await end(overdue, "EXPIRED", "Not accepted in time.");
  await end(live, "REJECTED", "Released by its owner.");
  return yes(null);
}
