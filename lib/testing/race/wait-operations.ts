import { joinWaitlist } from "#lib/broker/join-waitlist.ts";
import { leaveWaitlist } from "#lib/broker/leave-waitlist.ts";
import { offersOfSet } from "#lib/db/offer-sets.ts";
import { findWait } from "#lib/db/waitlist.ts";
import { someRequest } from "./book-operations.ts";
import { anybody, inOneWord, type Operation, ownerOrStranger } from "./turn.ts";

/** What those do who wait. */
export const waitOperations: readonly Operation[] = [
  {
    name: "join the waiting list",
    weight: 0.8,
    run: async (turn) => {
      const { crowd, now, random } = turn;
      const { platform } = crowd;
      const racer = anybody(turn);
      const request = someRequest(turn);
      const answer = await joinWaitlist({ request, platform, projectId: racer.projectId, user: racer, now });
      if (!answer.ok) return answer.error[0]?.code ?? "NO";
      turn.waits.keep({ id: answer.value.waitId, racer }, random);
      return "YES";
    },
  },
  {
    name: "look at a place in the waiting list",
    weight: 2,
    run: async ({ waits, offers, sets, random }) => {
      const place = waits.pick(random);
      const found = place && (await findWait(place.id));
      if (!place || !found) return "NOTHING";
      if (found.state !== "OFFERED" || found.offerSetId === null) return found.state;
      sets.keep({ id: found.offerSetId, racer: place.racer }, random);
      for (const id of (await offersOfSet(found.offerSetId, place.racer.id)) ?? [])
        offers.keep({ id, racer: place.racer }, random);
      return "OFFERED";
    },
  },
  {
    name: "leave the waiting list",
    weight: 0.8,
    run: async (turn) => {
      const place = turn.waits.takeLatest();
      if (!place) return "NOTHING";
      return inOneWord(await leaveWaitlist({ waitId: place.id, user: ownerOrStranger(turn, place), now: turn.now }));
    },
  },
];
