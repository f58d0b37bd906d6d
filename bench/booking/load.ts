import type { Answer, Order, Shape } from "./orders.ts";
import { accepted, type Held, held, personOf } from "./steps.ts";
import type { Town } from "./town.ts";

type Of<Name extends Order["do"]> = Extract<Order, { do: Name }>;

let prepared: Held[] = [];

/**
 * Makes offers and keeps them for {@link acceptPrepared}; what an earlier turn left is forgotten. As many
 * at once as will accept, so that their connections are open.
 */
export async function prepareOffers({ town, shape, offers, clients }: Of<"prepare">): Promise<Answer> {
  prepared = [];
  const next = indexes();
  return atOnce(clients, async () => {
    if (prepared.length >= offers) return false;
    prepared.push(await heldNext(town, shape, next()));
    return true;
  });
}

/** Accepts the prepared offers with so many clients, each waiting for its answer, until the time or the offers are over. */
export function acceptPrepared({ clients, seconds }: Of<"accept">): Promise<Answer> {
  const until = performance.now() + seconds * 1000;
  const offers = prepared[Symbol.iterator]();
  return atOnce(clients, async () => {
    const offer = performance.now() < until ? offers.next() : null;
    if (!offer || offer.done) return false;
    await accepted(offer.value);
    return true;
  });
}

/** Requests, reads the offer and accepts it, over and over, until the time is over. */
export function bookPairs({ town, clients, seconds }: Of<"pairs">): Promise<Answer> {
  const until = performance.now() + seconds * 1000;
  const next = indexes();
  return atOnce(clients, async () => {
    if (performance.now() >= until) return false;
    await accepted(await heldNext(town, "spread", next()));
    return true;
  });
}

const heldNext = (town: Town, shape: Shape, index: number): Promise<Held> =>
  held(town, personOf(town, index), shape, index);

/** Counts on, from 0. */
function indexes(): () => number {
  let next = 0;
  return () => next++;
}

/** Runs `work` in so many loops at once, each until it says false. */
async function atOnce(loops: number, work: () => Promise<boolean>): Promise<Answer> {
  let done = 0;
  const began = performance.timeOrigin + performance.now();
  await Promise.all(
    Array.from({ length: loops }, async () => {
      while (await work()) done++;
    }),
  );
  return { done, began, ended: performance.timeOrigin + performance.now(), took: [], sets: [] };
}
