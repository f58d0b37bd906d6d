import { describe, expect, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { liveOfferSetsOf } from "#lib/db/offer-sets.ts";
import { findWait } from "#lib/db/waitlist.ts";
import { ask, at, book, cores } from "#lib/testing/book.ts";
import {
  aRequest,
  ledgerDifferences,
  makeUniverse,
  NOW,
  slotIn,
  type Universe,
  usedBy,
} from "#lib/testing/universe.ts";
import { acceptOffer } from "./accept-offer.ts";
import { cancelSession } from "./cancel-session.ts";
import { expireOffers } from "./expire-offers.ts";
import { joinWaitlist, MOST_WAITS } from "./join-waitlist.ts";
import { leaveWaitlist } from "./leave-waitlist.ts";
import { rejectOffers } from "./reject-offers.ts";
import { serveWaitlist } from "./serve-waitlist.ts";

const MINUTE = 60_000;
const full = { start: at(3), resources: cores(8) };

async function wait(
  universe: Universe,
  person: number,
  wanted: Parameters<typeof aRequest>[0] = { start: at(3) },
  now = NOW,
) {
  const user = universe.people[person];
  if (!user) throw new Error("no such person");
  const { platform, projectId } = universe;
  const joined = await joinWaitlist({ request: aRequest(wanted), platform, projectId, user, now });
  return { user, joined, waitId: joined.ok ? joined.value.waitId : "" };
}

const stateOf = async (id: string) => (await findWait(id))?.state;
const offersFor = async (universe: Universe, person: number, now: number) =>
  (await liveOfferSetsOf(universe.people[person]?.id ?? "", universe.platform.id, now)).flatMap(({ offers }) => offers);

describe("waiting for a full slot", () => {
  test("who waits gets what a cancelled booking frees, held for them for a quarter of an hour", async () => {
    const universe = await makeUniverse({ people: 2 });
    const taken = await book(universe, full);
    const { waitId, user } = await wait(universe, 1);
    expect(await offersFor(universe, 1, NOW)).toEqual([]);
    await cancelSession({ ...taken, now: NOW });
    expect(await serveWaitlist({ platformId: universe.platform.id, now: NOW })).toBe(1);
    const [offer] = await offersFor(universe, 1, NOW);
    expect(offer).toMatchObject({ startsAt: slotIn(3), expiresAt: NOW + 15 * MINUTE });
    expect(await stateOf(waitId)).toBe("OFFERED");
    expect((await acceptOffer({ offerId: offer?.id ?? "", user, now: NOW })).ok).toBe(true);
    await serveWaitlist({ platformId: universe.platform.id, now: NOW });
    expect(await stateOf(waitId)).toBe("BOOKED");
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("nobody who asks passes those who wait", async () => {
    const universe = await makeUniverse({ people: 3 });
    const taken = await book(universe, full);
    const { waitId } = await wait(universe, 1, full);
    await cancelSession({ ...taken, now: NOW });
    // Nothing has served the list yet: the question does it first.
    const passing = await ask(universe, full, 2);
    expect(passing.result.ok).toBe(false);
    expect(await stateOf(waitId)).toBe("OFFERED");
    expect(await usedBy(universe, "platform")).toEqual({ "16:00": 8 });
  });

  test("the first who fits is served: a smaller request does not wait behind one that is too big", async () => {
    const universe = await makeUniverse({ people: 4 });
    const taken = await book(universe, { start: at(3), resources: cores(3) });
    await book(universe, { start: at(3), resources: cores(5) }, 3);
    const big = await wait(universe, 1, full);
    const small = await wait(universe, 2, { start: at(3), resources: cores(2) });
    await cancelSession({ ...taken, now: NOW });
    await serveWaitlist({ platformId: universe.platform.id, now: NOW });
    expect([await stateOf(big.waitId), await stateOf(small.waitId)]).toEqual(["WAITING", "OFFERED"]);
  });

  test("who came in an earlier hour is first; within an hour, who had less of the last day", async () => {
    const universe = await makeUniverse({ people: 4 });
    const before = NOW - 5 * 3_600_000;
    // The second person has had much of the last window.
    await book(
      universe,
      { start: { kind: "window", from: slotIn(-4), until: slotIn(-4) }, resources: cores(6) },
      1,
      before,
    );
    const taken = await book(universe, full);
    const greedy = await wait(universe, 1, full);
    const modest = await wait(universe, 2, full, NOW + MINUTE);
    await cancelSession({ ...taken, now: NOW + 2 * MINUTE });
    await serveWaitlist({ platformId: universe.platform.id, now: NOW + 2 * MINUTE });
    expect([await stateOf(greedy.waitId), await stateOf(modest.waitId)]).toEqual(["WAITING", "OFFERED"]);
  });

  test("what is not accepted in time goes to the next, and what is released too", async () => {
    const universe = await makeUniverse({ people: 3 });
    const taken = await book(universe, full);
    const one = await wait(universe, 1, full);
    const two = await wait(universe, 2, full, NOW + 61 * MINUTE);
    const later = NOW + 62 * MINUTE;
    await cancelSession({ ...taken, now: later });
    const { platform } = universe;
    await serveWaitlist({ platformId: platform.id, now: later });
    expect(await stateOf(one.waitId)).toBe("OFFERED");
    const expired = later + 15 * MINUTE;
    await expireOffers({ now: expired });
    await serveWaitlist({ platformId: platform.id, now: expired });
    expect([await stateOf(one.waitId), await stateOf(two.waitId)]).toEqual(["MISSED", "OFFERED"]);
    const [set] = await liveOfferSetsOf(two.user.id, platform.id, expired);
    await rejectOffers({ offerSetId: set?.id ?? "", user: two.user, now: expired });
    await serveWaitlist({ platformId: platform.id, now: expired });
    expect(await stateOf(two.waitId)).toBe("DECLINED");
    expect(await usedBy(universe, "platform")).toEqual({});
  });

  test("two workers that serve at once make one offer", async () => {
    const universe = await makeUniverse({ people: 2 });
    const taken = await book(universe, full);
    await wait(universe, 1, { start: at(3), resources: cores(2) });
    await cancelSession({ ...taken, now: NOW });
    await Promise.all([1, 2, 3, 4].map(() => serveWaitlist({ platformId: universe.platform.id, now: NOW })));
    expect(await offersFor(universe, 1, NOW)).toHaveLength(1);
    expect(await usedBy(universe, "platform")).toEqual({ "16:00": 2 });
  });

  test("is over when its last start has passed without room", async () => {
    const universe = await makeUniverse({ people: 2 });
    await book(universe, full);
    const { waitId } = await wait(universe, 1);
    await serveWaitlist({ platformId: universe.platform.id, now: slotIn(3) + 1 });
    expect(await stateOf(waitId)).toBe("OVER");
  });

  test("may be left; a stranger's place is not found", async () => {
    const universe = await makeUniverse({ people: 3 });
    await book(universe, full);
    const { waitId, user } = await wait(universe, 1);
    const stranger = universe.people[2] ?? user;
    expect(await leaveWaitlist({ waitId, user: stranger, now: NOW })).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect((await leaveWaitlist({ waitId, user, now: NOW })).ok).toBe(true);
    expect((await leaveWaitlist({ waitId, user, now: NOW })).ok).toBe(true);
    expect(await stateOf(waitId)).toBe("WITHDRAWN");
  });

  test("the same request is waited for once, and nobody waits in ever more places", async () => {
    const universe = await makeUniverse({ people: 2, limit: { cores: 2, memoryGiB: 32, gpus: 0 } });
    await book(universe, { start: at(1), durationSlots: 20 });
    const joined = await Promise.all([1, 2, 3].map(() => wait(universe, 1)));
    expect(joined.filter(({ joined }) => joined.ok)).toHaveLength(1);
    expect(joined.flatMap(({ joined }) => (joined.ok ? [] : joined.error.map(({ code }) => code)))).toEqual([
      "ALREADY_WAITING",
      "ALREADY_WAITING",
    ]);
    for (let hours = 4; hours < 3 + MOST_WAITS; hours++)
      expect((await wait(universe, 1, { start: at(hours) })).joined.ok).toBe(true);
    expect((await wait(universe, 1, { start: at(18) })).joined).toMatchObject({ error: [{ code: "QUOTA_REACHED" }] });
  });

  test("an impossible request is refused at its field, and nothing waits", async () => {
    const universe = await makeUniverse();
    const { joined } = await wait(universe, 0, { resources: cores(9) });
    expect(joined).toMatchObject({
      error: [{ code: "BEYOND_PLATFORM", field: "cores" }, expect.anything()].slice(0, 1),
    });
    const { rows } = await database().pool.query("SELECT 1 FROM waitlist WHERE platform_id = $1", [
      universe.platform.id,
    ]);
    expect(rows).toEqual([]);
  });

  test("room that is there already is offered at once", async () => {
    const universe = await makeUniverse();
    await wait(universe, 0);
    expect(await offersFor(universe, 0, NOW)).toHaveLength(1);
  });
});
