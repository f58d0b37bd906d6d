import type { ExecutionRequest } from "#lib/booking/request.ts";
import { bookingWindow, slotLength, slotStart } from "#lib/booking/slot.ts";
import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { cancelSession } from "#lib/broker/cancel-session.ts";
import { rejectOffers } from "#lib/broker/reject-offers.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { offersOfSet } from "#lib/db/offer-sets.ts";
import { anybody, inOneWord, type Operation, ownerOrStranger, type Turn } from "./turn.ts";

/** A wish as people have them: small more often than big, now or anywhere in the window. */
export function someRequest({ random, crowd, now }: Turn): ExecutionRequest {
  const { platform } = crowd;
  const from = slotStart(platform, now) + random.between(1, 20) * slotLength(platform);
  const until = from + random.between(0, 6) * slotLength(platform);
  return {
    executable: { type: "notebook", image: null },
    resources: {
      cores: random.oneIn(3) ? random.between(1, 8) : random.between(1, 3),
      memoryGiB: random.between(1, 16),
      gpus: random.oneIn(8) ? 1 : 0,
    },
    durationSlots: random.between(1, 4),
    start: random.oneIn(4) ? { kind: "now" } : { kind: "window", from, until },
  };
}

/** What clients do to get a booking and to be rid of it. */
export const bookOperations: readonly Operation[] = [
  {
    name: "request",
    weight: 30,
    run: async (turn) => {
      const { crowd, now, random } = turn;
      const racer = anybody(turn);
      const { platform } = crowd;
      const request = someRequest(turn);
      const answer = await turn.requestOffers({ request, platform, projectId: racer.projectId, user: racer, now });
      if (!answer.ok) return inOneWord(answer);
      const { offerSetId } = answer.value;
      turn.sets.keep({ id: offerSetId, racer }, random);
      for (const id of (await offersOfSet(offerSetId, racer.id)) ?? []) turn.offers.keep({ id, racer }, random);
      return "YES";
    },
  },
  {
    name: "accept",
    weight: 24,
    run: async (turn) => {
      const offer = turn.random.oneIn(4) ? turn.offers.pick(turn.random) : turn.offers.takeLatest();
      if (!offer) return "NOTHING";
      const user = ownerOrStranger(turn, offer);
      const answer = await acceptOffer({ offerId: offer.id, user, now: turn.now });
      if (!answer.ok) return inOneWord(answer);
      turn.promise("booked", answer.value.sessionId);
      turn.bookings.keep(offer, turn.random);
      return "YES";
    },
  },
  {
    name: "reject",
    weight: 5,
    run: async (turn) => {
      const set = turn.random.oneIn(4) ? turn.sets.pick(turn.random) : turn.sets.takeLatest();
      if (!set) return "NOTHING";
      return inOneWord(await rejectOffers({ offerSetId: set.id, user: ownerOrStranger(turn, set), now: turn.now }));
    },
  },
  {
    name: "cancel",
    weight: 5,
    run: async (turn) => {
      const booking = turn.random.oneIn(4) ? turn.bookings.pick(turn.random) : turn.bookings.takeLatest();
      if (!booking) return "NOTHING";
      const user = ownerOrStranger(turn, booking);
      const answer = await cancelSession({ sessionId: booking.id, user, now: turn.now });
      if (answer.ok) turn.promise("cancelled", booking.id);
      return inOneWord(answer);
    },
  },
  {
    name: "read capacity",
    weight: 10,
    run: async (turn) => {
      const { platform } = turn.crowd;
      const racer = anybody(turn);
      const booker = { platformId: platform.id, projectId: racer.projectId, userId: racer.id };
      await readCapacity(booker, bookingWindow(platform, turn.now), platform.slotMinutes);
      return "YES";
    },
  },
];
