import { describe, expect, test } from "vitest";
import { sessionHistory } from "#lib/db/audit.ts";
import { database, transaction } from "#lib/db/client.ts";
import { moveSession } from "#lib/db/runs.ts";
import { findSession } from "#lib/db/sessions.ts";
import { ask, at, book, cores } from "#lib/testing/book.ts";
import { ledgerDifferences, makeUniverse, NOW, slotIn, usedBy } from "#lib/testing/universe.ts";
import { acceptOffer } from "./accept-offer.ts";
import { expireOffers } from "./expire-offers.ts";
import { extendSession, longestExtensionOf } from "./extend-session.ts";
import { moveBooking } from "./move-booking.ts";
import { shortenSession } from "./shorten-session.ts";

const kinds = ["platform", "project", "user"] as const;

/** Takes a booking to a phase as the worker does. */
async function run(sessionId: string, ...phases: readonly ("PREPARING" | "AVAILABLE" | "RUNNING")[]) {
  for (const to of phases) {
    await transaction((client) => moveSession(client, sessionId, { to, who: "meridian", why: null, now: slotIn(1) }));
  }
}

describe("extending", () => {
  test("takes the slots right after the end, in all three accounts, before and during the run", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(1) });
    expect(await extendSession({ sessionId, user, slots: 1, now: NOW })).toEqual({
      ok: true,
      value: { endsAt: slotIn(3) },
    });
    await run(sessionId, "PREPARING", "AVAILABLE", "RUNNING");
    expect((await extendSession({ sessionId, user, slots: 2, now: slotIn(2) })).ok).toBe(true);
    for (const kind of kinds) {
      expect(await usedBy(universe, kind)).toEqual({ "14:00": 2, "15:00": 2, "16:00": 2, "17:00": 2 });
    }
    expect(await findSession(sessionId)).toMatchObject({ startsAt: slotIn(1), endsAt: slotIn(5) });
    const events = await sessionHistory(sessionId);
    expect(events.filter(({ event }) => event === "EXTENDED").map(({ actor }) => actor)).toEqual([
      user.name,
      user.name,
    ]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("says no with the longest extension that could be had, and changes nothing", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { user, sessionId } = await book(universe, { start: at(1) });
    await book(universe, { start: at(4), resources: cores(8) }, 1);
    const before = await usedBy(universe, "platform");
    const answer = await extendSession({ sessionId, user, slots: 3, now: NOW });
    expect(answer).toMatchObject({
      ok: false,
      error: { longest: 2, refusal: { code: "NO_CAPACITY", slot: slotIn(4) } },
    });
    expect(await usedBy(universe, "platform")).toEqual(before);
    expect(await longestExtensionOf({ sessionId, user, now: NOW })).toBe(2);
    expect((await extendSession({ sessionId, user, slots: 2, now: NOW })).ok).toBe(true);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("stays within the window, the user's limit and the budget", async () => {
    const universe = await makeUniverse({ userLimit: { cores: 2, memoryGiB: 32, gpus: 0 } });
    const { user, sessionId } = await book(universe, { start: at(20) });
    expect(await extendSession({ sessionId, user, slots: 4, now: NOW })).toMatchObject({
      error: { refusal: { code: "OUTSIDE_WINDOW" }, longest: 3 },
    });
    await book(universe, { start: at(22) });
    expect(await extendSession({ sessionId, user, slots: 2, now: NOW })).toMatchObject({
      error: { refusal: { code: "QUOTA_REACHED", slot: slotIn(22) }, longest: 1 },
    });
    await database().pool.query("UPDATE accounts SET limit_core_hours = 4 WHERE user_id = $1", [user.id]);
    expect(await extendSession({ sessionId, user, slots: 1, now: NOW })).toMatchObject({
      error: { refusal: { code: "BUDGET_REACHED" }, longest: 0 },
    });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("at its very end it is over, and somebody else's is not found", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { user, sessionId } = await book(universe, { start: at(1) });
    await run(sessionId, "PREPARING", "AVAILABLE");
    const stranger = universe.people[1] ?? user;
    expect(await extendSession({ sessionId, user: stranger, slots: 1, now: NOW })).toMatchObject({
      error: { refusal: { code: "NOT_FOUND" }, longest: 0 },
    });
    expect(await extendSession({ sessionId, user, slots: 1, now: slotIn(2) })).toMatchObject({
      error: { refusal: { code: "ALREADY_OVER" } },
    });
  });

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    "by %s slots is refused at the field",
    async (slots) => {
      const universe = await makeUniverse();
      const { user, sessionId } = await book(universe);
      expect(await extendSession({ sessionId, user, slots, now: NOW })).toMatchObject({
        error: { refusal: { code: "INVALID_REQUEST", field: "durationSlots" } },
      });
      expect(await shortenSession({ sessionId, user, slots, now: NOW })).toMatchObject({
        error: { code: "INVALID_REQUEST", field: "durationSlots" },
      });
    },
  );

  test("ten at once for the last slot: exactly one gets it", async () => {
    const universe = await makeUniverse({ people: 8, limit: { cores: 8, memoryGiB: 64, gpus: 0 } });
    const all = await Promise.all(
      universe.people.map((_, person) => book(universe, { start: at(1), resources: cores(1) }, person)),
    );
    await book(universe, { start: at(2), resources: cores(7) });
    const answers = await Promise.all(
      all.map(({ user, sessionId }) => extendSession({ sessionId, user, slots: 1, now: NOW })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });
});

describe("shortening", () => {
  test("gives back the last slots for others at once", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(1), durationSlots: 3 });
    expect(await shortenSession({ sessionId, user, slots: 2, now: NOW })).toEqual({
      ok: true,
      value: { endsAt: slotIn(2) },
    });
    for (const kind of kinds) expect(await usedBy(universe, kind)).toEqual({ "14:00": 2 });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("keeps the slot that runs", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(1), durationSlots: 3 });
    await run(sessionId, "PREPARING", "AVAILABLE");
    const now = slotIn(2) + 60_000;
    expect(await shortenSession({ sessionId, user, slots: 2, now })).toMatchObject({
      error: { code: "INVALID_REQUEST" },
    });
    expect((await shortenSession({ sessionId, user, slots: 1, now })).ok).toBe(true);
    expect(await usedBy(universe, "user")).toEqual({ "14:00": 2, "15:00": 2 });
  });
});

describe("moving", () => {
  test("takes the new slots and gives back the old ones in one go, also where they overlap", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(2), durationSlots: 3 });
    expect(await moveBooking({ sessionId, user, startsAt: slotIn(3), now: NOW })).toEqual({
      ok: true,
      value: { startsAt: slotIn(3), endsAt: slotIn(6) },
    });
    for (const kind of kinds) expect(await usedBy(universe, kind)).toEqual({ "16:00": 2, "17:00": 2, "18:00": 2 });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("keeps the old slot when the new one cannot be had", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { user, sessionId } = await book(universe, { start: at(2), durationSlots: 2 });
    await book(universe, { start: at(5), resources: cores(8) }, 1);
    const before = await usedBy(universe, "platform");
    expect(await moveBooking({ sessionId, user, startsAt: slotIn(4), now: NOW })).toMatchObject({
      error: { code: "NO_CAPACITY", slot: slotIn(5) },
    });
    expect(await usedBy(universe, "platform")).toEqual(before);
    expect(await findSession(sessionId)).toMatchObject({ startsAt: slotIn(2), endsAt: slotIn(4) });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("a booking that uses all there is can be moved by one slot", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(2), durationSlots: 2, resources: cores(8) });
    expect((await moveBooking({ sessionId, user, startsAt: slotIn(1), now: NOW })).ok).toBe(true);
    expect(await usedBy(universe, "platform")).toEqual({ "14:00": 8, "15:00": 8 });
  });

  test("two who would swap both keep what they have", async () => {
    const universe = await makeUniverse({ people: 2 });
    const one = await book(universe, { start: at(2), resources: cores(8) }, 0);
    const two = await book(universe, { start: at(3), resources: cores(8) }, 1);
    const answers = await Promise.all([
      moveBooking({ ...one, startsAt: slotIn(3), now: NOW }),
      moveBooking({ ...two, startsAt: slotIn(2), now: NOW }),
    ]);
    expect(answers.map((answer) => answer.ok)).toEqual([false, false]);
    expect(await usedBy(universe, "platform")).toEqual({ "15:00": 8, "16:00": 8 });
  });

  test("two moves of one booking at once leave it in one place", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(2) });
    await Promise.all(
      [4, 6, 8, 10].map((hours) => moveBooking({ sessionId, user, startsAt: slotIn(hours), now: NOW })),
    );
    expect(Object.values(await usedBy(universe, "platform"))).toEqual([2]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("is too late once it was launched", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(1) });
    await run(sessionId, "PREPARING");
    expect(await moveBooking({ sessionId, user, startsAt: slotIn(5), now: slotIn(1) + 1000 })).toMatchObject({
      error: { code: "TOO_LATE" },
    });
  });

  test.each([
    ["the middle of a slot", slotIn(3) + 60_000, "INVALID_REQUEST"],
    ["no time at all", Number.NaN, "INVALID_REQUEST"],
    ["half a millisecond", 0.5, "INVALID_REQUEST"],
    ["the past", slotIn(-3), "OUTSIDE_WINDOW"],
    ["the running slot", slotIn(0), "OUTSIDE_WINDOW"],
    ["the end of the window", slotIn(24), "OUTSIDE_WINDOW"],
    ["the end of time", 8.64e15, "OUTSIDE_WINDOW"],
  ])("to %s is refused at the start", async (_, startsAt, code) => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(2) });
    expect(await moveBooking({ sessionId, user, startsAt, now: NOW })).toMatchObject({
      error: { code, field: "start" },
    });
    expect(await usedBy(universe, "user")).toEqual({ "15:00": 2 });
  });
});

describe("accepting with a key", () => {
  test("gives the same answer on a retry, and the key stands for no other offer", async () => {
    const universe = await makeUniverse();
    const one = await ask(universe, { start: at(1) });
    const two = await ask(universe, { start: at(2) });
    const offerId = one.offers[0]?.id ?? "";
    const accept = (id: string) => acceptOffer({ offerId: id, user: one.user, key: "my key", now: NOW });
    expect(await accept(offerId)).toEqual({ ok: true, value: { sessionId: offerId } });
    expect(await accept(offerId)).toEqual({ ok: true, value: { sessionId: offerId } });
    expect(await accept(two.offers[0]?.id ?? "")).toMatchObject({ error: { refusals: [{ code: "KEY_REUSED" }] } });
    expect(await usedBy(universe, "user")).toEqual({ "14:00": 2 });
  });

  test("one key for two offers at once books one", async () => {
    const universe = await makeUniverse();
    const sets = [await ask(universe, { start: at(1) }), await ask(universe, { start: at(2) })];
    const answers = await Promise.all(
      sets.map(({ offers, user }) => acceptOffer({ offerId: offers[0]?.id ?? "", user, key: "k", now: NOW })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test.each(["", "x".repeat(256)])("a key of impossible length is refused", async (key) => {
    const universe = await makeUniverse();
    const { offers, user } = await ask(universe);
    expect(await acceptOffer({ offerId: offers[0]?.id ?? "", user, key, now: NOW })).toMatchObject({
      error: { refusals: [{ code: "INVALID_REQUEST" }] },
    });
  });
});

describe("a refused accept", () => {
  test("of an expired offer carries fresh ones, held from now on", async () => {
    const universe = await makeUniverse();
    const { offers, user } = await ask(universe, { start: at(3) });
    const late = (offers[0]?.expiresAt ?? 0) + 1;
    const answer = await acceptOffer({ offerId: offers[0]?.id ?? "", user, now: late });
    if (answer.ok) throw new Error("expected a no");
    expect(answer.error.refusals[0]?.code).toBe("OFFER_EXPIRED");
    const fresh = await database().prisma.session.findMany({
      where: { offerSetId: answer.error.freshOfferSetId ?? "" },
    });
    expect(fresh.map(({ phase, startsAt }) => [phase, startsAt.getTime()])).toEqual([["OFFERED", slotIn(3)]]);
    expect((await acceptOffer({ offerId: fresh[0]?.id ?? "", user, now: late })).ok).toBe(true);
  });

  test("whose set has other offers left points at those", async () => {
    const universe = await makeUniverse({ userLimit: { cores: 3, memoryGiB: 32, gpus: 0 } });
    const { offers, user, set } = await ask(universe);
    const other = await ask(universe, { start: at(1) });
    await acceptOffer({ offerId: other.offers[0]?.id ?? "", user, now: NOW });
    const answer = await acceptOffer({ offerId: offers[0]?.id ?? "", user, now: NOW });
    expect(answer).toMatchObject({ error: { refusals: [{ code: "QUOTA_REACHED" }], freshOfferSetId: set } });
  });

  test("that finds no room any more carries the ways forward", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { offers, user } = await ask(universe, { start: at(3), resources: cores(8) });
    const late = (offers[0]?.expiresAt ?? 0) + 1;
    await expireOffers({ now: late });
    await book(universe, { start: at(3), resources: cores(8) }, 1, late);
    const answer = await acceptOffer({ offerId: offers[0]?.id ?? "", user, now: late });
    if (answer.ok) throw new Error("expected a no");
    expect(answer.error).toMatchObject({ freshOfferSetId: null, refusals: [{ code: "OFFER_EXPIRED" }] });
    expect(answer.error.ways.map(({ kind }) => kind)).toContain("later");
  });
});
