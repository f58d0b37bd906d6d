import { cancelSession } from "#lib/broker/cancel-session.ts";
import { rejectOffers } from "#lib/broker/reject-offers.ts";
import { NOW } from "#lib/testing/universe.ts";
import { askLedger } from "./capacity-question.ts";
import type { Answer, Lookup, Order } from "./orders.ts";
import { accepted, held, personOf, requested } from "./steps.ts";
import type { Booking, Town } from "./town.ts";

/** Asks one question after the other and times each; what it changes is given back at once, untimed. */
export async function lookUp(order: Extract<Order, { do: "look up" }>): Promise<Answer> {
  const { town, what, times, first } = order;
  const took: number[] = [];
  const sets: string[] = [];
  const began = Date.now();
  for (let index = first; index < first + times; index++) {
    const { ms, set } = await questions[what](town, personOf(town, index), index);
    took.push(ms);
    if (set) sets.push(set);
  }
  return { done: took.length, began, ended: Date.now(), took, sets };
}

interface Timed {
  readonly ms: number;
  readonly set?: string;
}

const questions: Record<Lookup, (town: Town, user: Booking, index: number) => Promise<Timed>> = {
  /** A request that gets four offers. */
  offers: async (town, user, index) => {
    const began = performance.now();
    const set = await requested(town, user, "sets of four", index);
    const ms = performance.now() - began;
    await rejectOffers({ offerSetId: set, user, now: NOW });
    return { ms, set };
  },
  availability: async (town, user) => {
    const began = performance.now();
    await askLedger(town, user);
    return { ms: performance.now() - began };
  },
  accept: async (town, user, index) => {
    const offer = await held(town, user, "spread", index);
    const began = performance.now();
    await accepted(offer);
    const ms = performance.now() - began;
    await cancelSession({ sessionId: offer.offerId, user, now: NOW });
    return { ms, set: offer.offerSetId };
  },
};
