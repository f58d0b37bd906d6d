import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { requestOffers } from "#lib/broker/request-offers.ts";
import { offersOfSet } from "#lib/db/offer-sets.ts";
import { aRequest, NOW, slotIn } from "#lib/testing/universe.ts";
import type { Shape } from "./orders.ts";
import type { Booking, Town } from "./town.ts";

/** An offer and whose it is. */
export interface Held {
  readonly offerId: string;
  readonly offerSetId: string;
  readonly user: Booking;
}

/** The `index`-th of the people: neighbours in time are of different projects. */
export function personOf(town: Town, index: number): Booking {
  const person = town.people[(index * 7) % town.people.length];
  if (!person) throw new Error("the town is empty");
  return person;
}

/** The request that the `index`-th thing of a load makes: one core for an hour. */
export function requestOf(shape: Shape, index: number) {
  const hour = shape === "one slot" ? 12 : 1 + ((index * 5) % (shape === "spread" ? 23 : 20));
  const until = shape === "sets of four" ? slotIn(23) : slotIn(hour);
  return aRequest({
    resources: { cores: 1, memoryGiB: 1, gpus: 0 },
    start: { kind: "window", from: slotIn(hour), until },
  });
}

/** Runs the step and returns the set. Nothing may be refused in a benchmark. */
export async function requested(town: Town, user: Booking, shape: Shape, index: number): Promise<string> {
  const { platform } = town;
  const request = requestOf(shape, index);
  const made = await requestOffers({ request, platform, projectId: user.projectId, user, now: NOW });
  if (!made.ok) throw new Error(`no offers: ${JSON.stringify(made.error)}`);
  return made.value.offerSetId;
}

/** Requests and reads the set's first offer, as a page does. */
export async function held(town: Town, user: Booking, shape: Shape, index: number): Promise<Held> {
  const offerSetId = await requested(town, user, shape, index);
  const [offerId] = (await offersOfSet(offerSetId, user.id)) ?? [];
  if (!offerId) throw new Error("a set without offers");
  return { offerId, offerSetId, user };
}

/** Accepts; a refusal is trouble. */
export async function accepted({ offerId, user }: Held): Promise<void> {
  const answer = await acceptOffer({ offerId, user, now: NOW });
  if (!answer.ok) throw new Error(`not accepted: ${JSON.stringify(answer.error)}`);
}
