import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { endSessions } from "#lib/db/ledger.ts";
import { offersOfSet } from "#lib/db/sessions.ts";

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
  await endSessions(offers, { before: ["OFFERED"], after: "REJECTED", why: "Released by its owner." }, user.name, now);
  return yes(null);
}
