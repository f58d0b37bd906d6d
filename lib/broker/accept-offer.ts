import { type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { acceptHeldOffer } from "#lib/db/ledger.ts";
import { refusalOf } from "./request-offers.ts";

/**
 * Books an offer: its hold becomes a booking, its siblings are rejected, the launch is scheduled; all or nothing. The
 * session keeps the offer's id. Accepting again is a yes again. Refuses with NOT_FOUND (also for somebody else's offer),
 * OFFER_EXPIRED (from `expires` on, whether or not the expiry ran), OFFER_GONE or QUOTA_REACHED.
 */
export async function acceptOffer({
  offerId,
  user,
  now,
}: {
  offerId: string;
  user: { readonly id: string; readonly name: string };
  now: Millis;
}): Promise<Result<{ readonly sessionId: string }, Refusal>> {
  const answer = await acceptHeldOffer(offerId, user.id, user.name, now);
  return answer.ok ? yes({ sessionId: offerId }) : { ok: false, error: refusalOf(answer) };
}
