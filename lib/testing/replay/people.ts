import type { ExecutionRequest } from "#lib/booking/request.ts";
import { type Millis, slotStart } from "#lib/booking/slot.ts";
import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { cancelSession } from "#lib/broker/cancel-session.ts";
import { extendSession } from "#lib/broker/extend-session.ts";
import { joinWaitlist } from "#lib/broker/join-waitlist.ts";
import { leaveWaitlist } from "#lib/broker/leave-waitlist.ts";
import { moveBooking } from "#lib/broker/move-booking.ts";
import { openSession } from "#lib/broker/open-session.ts";
import { rejectOffers } from "#lib/broker/reject-offers.ts";
import { repeatSession } from "#lib/broker/repeat-session.ts";
import { requestOffers } from "#lib/broker/request-offers.ts";
import { shortenSession } from "#lib/broker/shorten-session.ts";
import { offersOfSet } from "#lib/db/offer-sets.ts";
import { findPlatform } from "#lib/db/platforms.ts";
import { findSession } from "#lib/db/sessions.ts";
import { findWait } from "#lib/db/waitlist.ts";
import type { Random } from "#lib/testing/random.ts";
import type { Universe } from "#lib/testing/universe.ts";
import type { Agenda } from "./agenda.ts";
import type { Clock } from "./worker.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Person = Universe["people"][number];

/** How many requests an hour brings: few at night, most in the afternoon (UTC). */
const requestsInHour = (hour: number): number => (hour < 6 ? 0.4 : hour < 9 ? 1.2 : hour < 19 ? 2.2 : 1);

export interface World {
  readonly universe: Universe;
  readonly clock: Clock;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly count: (what: string) => void;
}

/** Plans the requests of one day; what follows from each plans itself. */
export function planDay(world: World, midnight: Millis): void {
  const { random, agenda, universe } = world;
  for (let hour = 0; hour < 24; hour++) {
    const wanted = requestsInHour(hour);
    const requests = Math.floor(wanted) + (random.next() < wanted % 1 ? 1 : 0);
    for (let index = 0; index < requests; index++) {
      const person = random.pick(universe.people);
      if (person) agenda.add(midnight + (hour + random.next()) * HOUR, () => ask(world, person));
    }
  }
}

async function ask(world: World, person: Person): Promise<void> {
  const { universe, clock, random, agenda, count } = world;
  const platform = await findPlatform(universe.platform.name);
  if (!platform) throw new Error("the platform is gone");
  const request = someRequest(world);
  const { projectId } = universe;
  const answer = await requestOffers({ request, platform, projectId, user: person, now: clock.now });
  count(answer.ok ? "requests with offers" : "requests without");
  if (!answer.ok) return random.oneIn(2) ? wait(world, person, request) : undefined;
  const { offerSetId } = answer.value;
  const decidesAt = clock.now + random.between(5, 400) * 1000;
  agenda.add(decidesAt, () => decide(world, person, offerSetId));
}

function someRequest({ random, clock, universe }: World): ExecutionRequest {
  const from = slotStart(universe.platform, clock.now) + random.between(1, 14) * HOUR;
  return {
    executable: { type: "notebook", image: null },
    resources: { cores: random.between(1, 6), memoryGiB: random.between(1, 16), gpus: random.oneIn(6) ? 1 : 0 },
    durationSlots: random.between(1, 3),
    start: random.oneIn(2) ? { kind: "now" } : { kind: "window", from, until: from + random.between(0, 6) * HOUR },
  };
}

/** Accepts one of the offers, releases them all, or forgets about them. */
async function decide(world: World, user: Person, offerSetId: string): Promise<void> {
  const { clock, random, count } = world;
  if (random.oneIn(8)) return count("offers forgotten");
  if (random.oneIn(8)) {
    await rejectOffers({ offerSetId, user, now: clock.now });
    return count("offers released");
  }
  const offerId = random.pick((await offersOfSet(offerSetId, user.id)) ?? []);
  if (!offerId) return count("offers seen too late");
  const answer = await acceptOffer({ offerId, user, now: clock.now });
  count(answer.ok ? "bookings" : "acceptances refused");
  if (answer.ok) await planLife(world, user, offerId);
}

/** What its owner does with a booking: opens it, and now and then changes or cancels it before or during its run. */
async function planLife(world: World, user: Person, sessionId: string): Promise<void> {
  const { clock, random, agenda, count } = world;
  const session = await findSession(sessionId);
  if (!session) throw new Error("a booking that was accepted is not there");
  const { startsAt, endsAt } = session;
  const somewhen = (from: Millis, until: Millis) => from + random.next() * (until - from);
  agenda.add(somewhen(startsAt, endsAt), async () => {
    const opened = await openSession({ sessionId, user, now: clock.now, signal: AbortSignal.timeout(10_000) });
    count(opened.ok ? "sessions opened" : "sessions that could not be opened");
  });
  const changes: readonly { oneIn: number; what: string; from: Millis; act: () => Promise<{ ok: boolean }> }[] = [
    {
      oneIn: 6,
      what: "cancellations",
      from: clock.now,
      act: () => cancelSession({ sessionId, user, now: clock.now }),
    },
    {
      oneIn: 5,
      what: "extensions",
      from: clock.now,
      act: () => extendSession({ sessionId, user, slots: 1, now: clock.now }),
    },
    {
      oneIn: 8,
      what: "shortenings",
      from: clock.now,
      act: () => shortenSession({ sessionId, user, slots: 1, now: clock.now }),
    },
    {
      oneIn: 6,
      what: "moves",
      from: clock.now,
      act: () => {
        const to = slotStart(world.universe.platform, clock.now) + random.between(1, 12) * HOUR;
        return moveBooking({ sessionId, user, startsAt: to, now: clock.now });
      },
    },
    {
      oneIn: 60,
      what: "repetitions",
      from: clock.now,
      act: () => repeatSession({ sessionId, user, every: "day", until: endsAt + 3 * 24 * HOUR, now: clock.now }),
    },
  ];
  for (const { oneIn, what, from, act } of changes) {
    if (!random.oneIn(oneIn)) continue;
    agenda.add(somewhen(from, endsAt + HOUR / 2), async () => {
      const { ok } = await act();
      count(ok ? what : `${what} refused`);
    });
  }
}

/** Waits for what cannot be had; whoever gets an offer by that looks at it soon, or too late. */
async function wait(world: World, user: Person, request: ExecutionRequest): Promise<void> {
  const { universe, clock, random, agenda, count } = world;
  const platform = await findPlatform(universe.platform.name);
  if (!platform) throw new Error("the platform is gone");
  const { projectId } = universe;
  const joined = await joinWaitlist({ request, platform, projectId, user, now: clock.now });
  count(joined.ok ? "waits" : "waits refused");
  if (!joined.ok) return;
  const { waitId } = joined.value;
  const look = async (): Promise<void> => {
    const found = await findWait(waitId);
    if (found?.state === "OFFERED" && found.offerSetId) {
      count("waits with an offer");
      return decide(world, user, found.offerSetId);
    }
    if (found?.state !== "WAITING") return;
    if (random.oneIn(12)) {
      const left = await leaveWaitlist({ waitId, user, now: clock.now });
      return count(left.ok ? "waits given up" : "waits given up too late");
    }
    agenda.add(clock.now + 30 * MINUTE, look);
  };
  agenda.add(clock.now + 30 * MINUTE, look);
}
