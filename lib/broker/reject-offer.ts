import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { endSessions } from "#lib/db/ledger.ts";
import { findSession } from "#lib/db/sessions.ts";

/**
 * Gives up one offer and leaves the others of its set; `after` says in which of the standard's words. Giving it up again is a yes.
 * Refuses somebody else's as not found, one that has expired, and one that was accepted or ended otherwise.
 */
export async function rejectOffer({
  offerId,
  after,
  user,
  now,
}: {
  offerId: string;
  after: "REJECTED" | "CANCELLED";
  user: { readonly id: string; readonly name: string };
  now: Millis;
}): Promise<Result<null>> {
  const offer = await findSession(offerId);
  if (!offer || offer.user.id !== user.id) return no("NOT_FOUND");
  if (offer.phase === "OFFERED" && now >= offer.expiresAt) return no("OFFER_EXPIRED");
  const why = "Released by its owner.";
  const ended = await endSessions([offerId], { before: ["OFFERED"], after, why }, user.name, now);
  if (ended.length > 0) return yes(null);
  const found = await findSession(offerId);
  if (found?.phase === after) return yes(null);
  return no(found?.phase === "EXPIRED" ? "OFFER_EXPIRED" : "OFFER_GONE");
}
