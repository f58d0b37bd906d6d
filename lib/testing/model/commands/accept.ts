import fc from "fast-check";
import { expect } from "vitest";
import type { RefusalCode } from "#lib/booking/refusal.ts";
import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { checkAnswer, fittingRuns, isImpossible } from "../asking.ts";
import { Command, personOf } from "../command.ts";
import {
  bookingsOf,
  budgetRefuser,
  end,
  hours,
  isOpen,
  liveSets,
  type Model,
  type ModelSession,
  pick,
  type Real,
  refuser,
} from "../model.ts";
import { takeOverServed } from "../serving.ts";

/** Somebody accepts an offer: mostly their own and live, now and then an old one or somebody else's; with a key or none. */
export const acceptCommand = fc
  .record({
    index: fc.nat(99),
    any: fc.integer({ min: 1, max: 6 }),
    stranger: fc.integer({ min: 1, max: 10 }),
    key: fc.oneof(fc.constant(null), fc.constantFrom("a", "b", "c")),
  })
  .map(accept);

/** How somebody accepts: which offer, `any` or `stranger` 1: of all sessions, by somebody else. */
interface Acceptance {
  readonly index: number;
  readonly any: number;
  readonly stranger: number;
  readonly key: string | null;
}

export function accept({ index, any, stranger, key }: Acceptance): Command {
  const isAny = any === 1;
  const isStranger = stranger === 1;
  return new Command({
    title: `accept(${isAny ? "session" : "offer"} ${index}${isStranger ? ", by a stranger" : ""}${key ? `, key ${key}` : ""})`,
    applies: (model) => choices(model, isAny).length > 0,
    perform: async (model, real) => {
      const offer = pick(choices(model, isAny), index);
      const person = isStranger ? offer.person + 1 : offer.person;
      const expected = isStranger ? "NOT_FOUND" : expectedAnswer(model, offer, key);
      const answer = await acceptOffer({ offerId: offer.id, user: personOf(real, person), key, now: model.now });
      const code = answer.ok ? "YES" : answer.error.refusals[0]?.code;
      expect(code, "the answer to accepting").toBe(expected === "CAP" ? "QUOTA_REACHED" : expected);
      if (answer.ok) return book(model, offer, key);
      await checkFresh(model, real, offer, expected, answer.error.freshOfferSetId);
    },
  });
}

const choices = (model: Model, any: boolean): ModelSession[] =>
  model.sessions.filter((one) => any || one.phase === "OFFERED");

/** CAP: as many open bookings as there may be. */
type Expected = RefusalCode | "YES" | "CAP";

function expectedAnswer(model: Model, offer: ModelSession, key: string | null): Expected {
  const known = model.keys.get(`${offer.person} ${key}`);
  if (known !== undefined && known !== offer.id) return "KEY_REUSED";
  if (offer.acceptedAt !== null) return "YES";
  if (offer.phase === "EXPIRED" || (offer.phase === "OFFERED" && offer.expiresAt <= model.now)) return "OFFER_EXPIRED";
  if (offer.phase !== "OFFERED") return "OFFER_GONE";
  const open = bookingsOf(model).filter((one) => one.person === offer.person && isOpen(one));
  if (open.length >= model.openBookings) return "CAP";
  const quotas = ["project", "user"] as const;
  const slots = hours(offer.from, offer.until);
  if (slots.some((slot) => refuser(model, offer.person, slot, offer.resources, quotas))) return "QUOTA_REACHED";
  return budgetRefuser(model, offer.person, offer.resources, slots.length, quotas) ? "BUDGET_REACHED" : "YES";
}

function book(model: Model, offer: ModelSession, key: string | null): void {
  if (offer.acceptedAt !== null) return;
  if (key !== null) model.keys.set(`${offer.person} ${key}`, offer.id);
  for (const sibling of model.sessions) {
    if (sibling.set === offer.set && sibling !== offer && sibling.phase === "OFFERED") end(model, sibling, "REJECTED");
  }
  offer.phase = "ACCEPTED";
  offer.acceptedAt = model.now;
  if (offer.startsNow) offer.startsAt = model.now;
}

/** What a refused accept carries: the rest of the set while it is live, else the same request asked anew. */
async function checkFresh(
  model: Model,
  real: Real,
  offer: ModelSession,
  expected: Expected,
  fresh: string | null,
): Promise<void> {
  const siblings = model.sessions.filter((one) => one.set === offer.set);
  const isBooked = siblings.some((one) => one.acceptedAt !== null);
  const mayAskAgain = ["OFFER_EXPIRED", "OFFER_GONE", "QUOTA_REACHED", "BUDGET_REACHED"].includes(expected);
  if (!mayAskAgain || isBooked) return expect(fresh, "no fresh offers").toBe(null);
  const others = siblings.filter((one) => one !== offer && one.phase === "OFFERED" && one.expiresAt > model.now);
  if (others.length > 0) return expect(fresh, "the rest of the set").toBe(offer.set);
  const wish = model.wishes.get(offer.set);
  if (!wish) throw new Error("an offer without a wish");
  if (isImpossible(model, wish)) return expect(fresh, "no fresh offers").toBe(null);
  for (const one of siblings) {
    if (one.phase === "OFFERED") end(model, one, one.expiresAt <= model.now ? "EXPIRED" : "REJECTED");
  }
  await takeOverServed(model, real, true);
  if (fresh !== null) return checkAnswer(model, wish, { offerSetId: fresh });
  const isFull = liveSets(model, offer.person).length >= model.offerSets;
  expect(isFull || fittingRuns(model, wish).length === 0, "fresh offers would fit").toBe(true);
}
