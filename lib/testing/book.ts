import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { requestOffers } from "#lib/broker/request-offers.ts";
import { liveOfferSetsOf } from "#lib/db/offer-sets.ts";
import { aRequest, NOW, slotIn, type Universe } from "#lib/testing/universe.ts";

type Wanted = Parameters<typeof aRequest>[0];

/** Asks for offers as one of the universe's people. */
export async function ask(universe: Universe, wanted: Wanted = {}, person = 0, now = NOW) {
  const user = universe.people[person];
  if (!user) throw new Error("no such person");
  const { platform, projectId } = universe;
  const result = await requestOffers({ request: aRequest(wanted), platform, projectId, user, now });
  if (!result.ok) return { user, result, offers: [], set: "" };
  const sets = await liveOfferSetsOf(user.id, platform.id, now);
  const offers = sets.find((set) => set.id === result.value.offerSetId)?.offers ?? [];
  return { user, result, offers, set: result.value.offerSetId };
}

export const firstId = (offers: readonly { id: string }[]): string => {
  const [first] = offers;
  if (!first) throw new Error("there is no offer");
  return first.id;
};

/** Asks for offers and books the first. */
export async function book(universe: Universe, wanted: Wanted = {}, person = 0, now = NOW) {
  const { user, offers } = await ask(universe, wanted, person, now);
  const sessionId = firstId(offers);
  const accepted = await acceptOffer({ offerId: sessionId, user, now });
  if (!accepted.ok) throw new Error(accepted.error.refusals[0]?.sentence);
  return { user, sessionId };
}

/** The start window of exactly one slot, so many hours after the running one. */
export const at = (hours: number) => ({ kind: "window", from: slotIn(hours), until: slotIn(hours) }) as const;

/** So many cores, with 1 GiB for each. */
export const cores = (count: number) => ({ cores: count, memoryGiB: count, gpus: 0 });
