import { type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { findAnswer } from "#lib/db/answers.ts";
import { acceptedWith } from "#lib/db/ledger.ts";
import { acceptOffer } from "./accept-offer.ts";
import { rejectOffers } from "./reject-offers.ts";
import { type NoFrom, requestAnywhere, type Try } from "./request-anywhere.ts";
import type { NoOffers } from "./request-offers.ts";

/**
 * Books the best offer there is, without asking: the first one of the first place that has any and lets it be booked. A no leaves nothing held. With a
 * `key` that has booked something already, it is that.
 */
export async function runDirectly({
  tries,
  user,
  key = null,
  now,
}: {
  tries: readonly Try[];
  user: { readonly id: string; readonly name: string };
  key?: string | null;
  now: Millis;
}): Promise<Result<{ readonly sessionId: string }, NoFrom[]>> {
  const before = key === null ? null : await acceptedWith(user.id, key);
  if (before !== null) return yes({ sessionId: before });
  const noes: NoFrom[] = [];
  for (let left = tries; ; ) {
    const made = await requestAnywhere({ tries: left, user, mostOffers: 1, directly: true, now });
    if (!made.ok) return { ok: false, error: [...noes, ...made.error] };
    const { offerSetId } = made.value;
    const offer = (await findAnswer(offerSetId))?.offers[0];
    if (!offer) throw new Error(`the offer set ${offerSetId} has no offer`);
    const booked = await acceptOffer({ offerId: offer.id, user, key, asksAgain: false, now });
    if (booked.ok) return booked;
    await rejectOffers({ offerSetId, user, now });
    // What stood in the way there, a sign-in that is over, need not on another platform.
    noes.push(...noesOf(left, offer.platform.id, booked.error));
    left = left.filter(({ place }) => place.platform.id !== offer.platform.id);
  }
}

const noesOf = (tries: readonly Try[], platformId: string, { refusals, ways }: NoOffers): NoFrom[] =>
  tries
    .map(({ place }) => place)
    .filter(({ platform }) => platform.id === platformId)
    .map((place) => ({ place, refusals, ways }));
