import fc from "fast-check";
import { expireOffers } from "#lib/broker/expire-offers.ts";
import { serveWaitlist } from "#lib/broker/serve-waitlist.ts";
import { walkSessions } from "#lib/testing/walk-sessions.ts";
import { Command } from "../command.ts";
import { bookingsOf, end, MINUTE, type Model } from "../model.ts";
import { takeOverServed } from "../serving.ts";

/** Time passes and nothing else happens: what is overdue is so although nobody has expired it. */
export const timePassesCommand = fc
  .oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 5, max: 30 }))
  .map((fives) => pass(fives * 5));

export const pass = (minutes: number): Command =>
  new Command({
    title: `${minutes} minutes pass`,
    perform: async (model) => {
      model.now += minutes * MINUTE;
    },
  });

/** The worker does what is due: offers expire, sessions begin and end. */
export const workerCommand = fc.constant(null).map(
  () =>
    new Command({
      title: "the worker works",
      perform: async (model, real) => {
        await expireOffers({ now: model.now });
        await walkSessions({ platformId: real.universe.platform.id, now: model.now });
        doWhatIsDue(model);
        await serveWaitlist({ platformId: real.universe.platform.id, now: model.now });
        await takeOverServed(model, real, true);
      },
    }),
);

/** The model's worker. */
function doWhatIsDue(model: Model): void {
  for (const offer of model.sessions) {
    if (offer.phase === "OFFERED" && offer.expiresAt <= model.now) end(model, offer, "EXPIRED");
  }
  for (const booking of bookingsOf(model)) {
    const isOver = booking.endsAt <= model.now;
    if (booking.phase === "ACCEPTED" && isOver) end(model, booking, "FAILED");
    if (booking.phase === "ACCEPTED" && booking.startsAt <= model.now) booking.phase = "AVAILABLE";
    if (booking.phase === "AVAILABLE" && isOver) booking.phase = "COMPLETED";
  }
}
