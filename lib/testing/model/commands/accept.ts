import fc from "fast-check";
import { expect } from "vitest";
import type { RefusalCode } from "#lib/booking/refusal.ts";
import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { Command, personOf, pick } from "../command.ts";
import { bookingsOf, end, hours, isOpen, type Model, type ModelSession, refuser } from "../model.ts";

/** Somebody accepts an offer: mostly their own and live, now and then an old one or somebody else's. */
export const acceptCommand = fc
  .record({ index: fc.nat(99), any: fc.integer({ min: 1, max: 6 }), stranger: fc.integer({ min: 1, max: 10 }) })
  .map(({ index, any, stranger }) => {
    const isAny = any === 1;
    const isStranger = stranger === 1;
    return new Command({
      title: `accept(${isAny ? "session" : "offer"} ${index}${isStranger ? ", by a stranger" : ""})`,
      applies: (model) => choices(model, isAny).length > 0,
      perform: async (model, real) => {
        const offer = pick(choices(model, isAny), index);
        const person = isStranger ? offer.person + 1 : offer.person;
        const expected = isStranger ? "NOT_FOUND" : expectedAnswer(model, offer);
        const answer = await acceptOffer({ offerId: offer.id, user: personOf(real, person), now: model.now });
        expect(answer.ok ? "YES" : codeOf(answer.error), "the answer to accepting").toBe(expected);
        if (expected === "YES" && offer.acceptedAt === null) book(model, offer);
      },
    });
  });

const choices = (model: Model, any: boolean): ModelSession[] =>
  model.sessions.filter((one) => any || one.phase === "OFFERED");

const codeOf = (error: object): RefusalCode | undefined =>
  "code" in error ? (error.code as RefusalCode) : (error as { refusals: { code: RefusalCode }[] }).refusals[0]?.code;

function expectedAnswer(model: Model, offer: ModelSession): RefusalCode | "YES" {
  if (offer.acceptedAt !== null) return "YES";
  if (offer.phase === "EXPIRED" || (offer.phase === "OFFERED" && offer.expiresAt <= model.now)) return "OFFER_EXPIRED";
  if (offer.phase !== "OFFERED") return "OFFER_GONE";
  const open = bookingsOf(model).filter((one) => one.person === offer.person && isOpen(one));
  if (open.length >= model.openBookings) return "QUOTA_REACHED";
  const isRefused = hours(offer.from, offer.until).some((slot) =>
    refuser(model, offer.person, slot, offer.resources, ["project", "user"]),
  );
  return isRefused ? "QUOTA_REACHED" : "YES";
}

function book(model: Model, offer: ModelSession): void {
  for (const sibling of model.sessions) {
    if (sibling.set === offer.set && sibling !== offer && sibling.phase === "OFFERED") end(model, sibling, "REJECTED");
  }
  offer.phase = "WAITING";
  offer.acceptedAt = model.now;
  if (offer.startsNow) offer.startsAt = model.now;
}
