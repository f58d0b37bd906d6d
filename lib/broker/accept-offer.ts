import { no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import type { WayForward } from "#lib/booking/ways-forward.ts";
import { acceptHeldOffer } from "#lib/db/ledger.ts";
import { findOfferSet, liveOffersOf, providerOfOffer } from "#lib/db/offer-sets.ts";
import { findPlatformById, someoneNeedsSignIn } from "#lib/db/platforms.ts";
import { findSession } from "#lib/db/sessions.ts";
import { whyNotCovered } from "./credential-cover.ts";
import { requestOffers } from "./request-offers.ts";
import { refusalOf } from "./words.ts";

/** Why an offer was not booked, and what can be had instead. */
export interface NotAccepted {
  readonly refusals: readonly Refusal[];
  readonly ways: readonly WayForward[];
  /** The offers of the same request that are held now: the rest of the set, or a fresh one. Null where there are none. */
  readonly freshOfferSetId: string | null;
}

/** A key is the caller's own name for one acceptance. */
const MOST_KEY = 255;

/**
 * Books an offer: its hold becomes a booking, its siblings are rejected; all or nothing. The session keeps the offer's id.
 * Accepting again is a yes again, also with the same `key`; a key that stands for another offer is refused with KEY_REUSED.
 * Refuses with NOT_FOUND (also for somebody else's offer), OFFER_EXPIRED (from `expires` on, whether or not the expiry
 * ran), OFFER_GONE, QUOTA_REACHED, BUDGET_REACHED or SIGN_IN_NEEDED. Where the offer itself cannot be had, the answer carries what else is
 * held of its set; else the same request is asked again at once, and it carries the fresh offers or the ways forward; unless
 * `asksAgain` says that nobody would look at them.
 */
export async function acceptOffer({
  offerId,
  user,
  key = null,
  asksAgain = true,
  now,
}: {
  offerId: string;
  user: { readonly id: string; readonly name: string };
  key?: string | null;
  asksAgain?: boolean;
  now: Millis;
}): Promise<Result<{ readonly sessionId: string }, NotAccepted>> {
  if (key !== null && (key === "" || key.length > MOST_KEY)) {
    return refused(no("INVALID_REQUEST", `A key has 1 to ${MOST_KEY} characters.`).error);
  }
  const uncovered = await whyOfferNotCovered(offerId, user.id, now);
  if (uncovered) return refused(uncovered);
  const answer = await acceptHeldOffer(offerId, user.id, key, { who: user.name, now });
  if (answer.ok) return yes({ sessionId: offerId });
  const refusal = refusalOf(answer);
  const mayAskAgain = ["OFFER_EXPIRED", "OFFER_GONE", "QUOTA_REACHED", "BUDGET_REACHED"].includes(refusal.code);
  return asksAgain && mayAskAgain && answer.account !== "bookings"
    ? askAgain(offerId, refusal, user, now)
    : refused(refusal);
}

/**
 * Before anything is booked: whether Meridian will be able to act for the user until the end. What is no offer of theirs, or is
 * booked already, is left to the statement that knows better.
 */
async function whyOfferNotCovered(offerId: string, userId: string, now: Millis): Promise<Refusal | null> {
  if (!(await someoneNeedsSignIn()) || (await providerOfOffer(offerId, userId)) === null) return null;
  const offer = await findSession(offerId);
  if (offer?.phase !== "OFFERED" || now >= offer.expiresAt) return null;
  return whyNotCovered({ platform: offer.platform, userId, until: offer.endsAt, now });
}

const refused = (refusal: Refusal): { ok: false; error: NotAccepted } => ({
  ok: false,
  error: { refusals: [refusal], ways: [], freshOfferSetId: null },
});

/** Whoever has booked another offer of the set has what they asked for: they get no more. */
async function askAgain(
  offerId: string,
  refusal: Refusal,
  user: { readonly id: string; readonly name: string },
  now: Millis,
): Promise<{ ok: false; error: NotAccepted }> {
  const offer = await findSession(offerId);
  const set = offer && (await findOfferSet(offer.offerSetId));
  const platform = offer && (await findPlatformById(offer.platform.id));
  if (!set || !platform || set.isBooked) return refused(refusal);
  // What else was offered is still held for them: nothing fresher could be had.
  const others = (await liveOffersOf(set.id, now)).filter((id) => id !== offerId);
  if (others.length > 0) return { ok: false, error: { refusals: [refusal], ways: [], freshOfferSetId: set.id } };
  const { request, projectId } = set;
  const fresh = await requestOffers({ request, platform, projectId, user, instead: [set.id], now });
  if (fresh.ok) return { ok: false, error: { refusals: [refusal], ways: [], freshOfferSetId: fresh.value.offerSetId } };
  return { ok: false, error: { refusals: [refusal], ways: fresh.error.ways, freshOfferSetId: null } };
}
