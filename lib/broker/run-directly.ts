import type { Result } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { findAnswer } from "#lib/db/answers.ts";
import { acceptOffer } from "./accept-offer.ts";
import { rejectOffers } from "./reject-offers.ts";
import { type NoFrom, requestAnywhere, type Try } from "./request-anywhere.ts";
import type { NoOffers } from "./request-offers.ts";

/**
 * Books the best offer there is, without asking: the first one of the first place that has any. A no leaves nothing held.
 */
export async function runDirectly({
  tries,
  user,
  now,
}: {
  tries: readonly Try[];
  user: { readonly id: string; readonly name: string };
  now: Millis;
}): Promise<Result<{ readonly sessionId: string }, NoFrom[]>> {
  const made = await requestAnywhere({ tries, user, mostOffers: 1, now });
  if (!made.ok) return made;
  const { offerSetId } = made.value;
  const offer = (await findAnswer(offerSetId))?.offers[0];
  if (!offer) throw new Error(`the offer set ${offerSetId} has no offer`);
  const booked = await acceptOffer({ offerId: offer.id, user, now });
  if (booked.ok) return booked;
  await rejectOffers({ offerSetId, user, now });
  const fresh = booked.error.freshOfferSetId;
  if (fresh !== null && fresh !== offerSetId) await rejectOffers({ offerSetId: fresh, user, now });
  return { ok: false, error: noesOf(tries, offer.platform.id, booked.error) };
}

const noesOf = (tries: readonly Try[], platformId: string, { refusals, ways }: NoOffers): NoFrom[] =>
  tries
    .map(({ place }) => place)
    .filter(({ platform }) => platform.id === platformId)
    .map((place) => ({ place, refusals, ways }));
