import fc from "fast-check";
import { expect } from "vitest";
import { rejectOffers } from "#lib/broker/reject-offers.ts";
import { Command, personOf } from "../command.ts";
import { end, pick } from "../model.ts";

/** Somebody releases an offer set; now and then one that is not theirs. */
export const rejectCommand = fc
  .record({ index: fc.nat(99), stranger: fc.integer({ min: 1, max: 8 }) })
  .map(({ index, stranger }) => {
    const isStranger = stranger === 1;
    return new Command({
      title: `reject(set of session ${index}${isStranger ? ", by a stranger" : ""})`,
      applies: (model) => model.sessions.length > 0,
      perform: async (model, real) => {
        const { set, person } = pick(model.sessions, index);
        const user = personOf(real, isStranger ? person + 1 : person);
        const answer = await rejectOffers({ offerSetId: set, user, now: model.now });
        expect(answer.ok ? "YES" : answer.error.code).toBe(isStranger ? "NOT_FOUND" : "YES");
        if (isStranger) return;
        for (const offer of model.sessions) {
          if (offer.set !== set || offer.phase !== "OFFERED") continue;
          end(model, offer, offer.expiresAt <= model.now ? "EXPIRED" : "REJECTED");
        }
      },
    });
  });
