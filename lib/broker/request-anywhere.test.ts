import { describe, expect, test } from "vitest";
import { findAnswer } from "#lib/db/answers.ts";
import { findPlatformById } from "#lib/db/platforms.ts";
import { at, book } from "#lib/testing/book.ts";
import {
  aRequest,
  ledgerDifferences,
  makeUniverse,
  NOW,
  personOf,
  slotIn,
  type Universe,
  usedBy,
} from "#lib/testing/universe.ts";
import { rejectOffer } from "./reject-offer.ts";
import { requestAnywhere, type Try } from "./request-anywhere.ts";
import { runDirectly } from "./run-directly.ts";

const all = { cores: 8, memoryGiB: 32, gpus: 0 };
const project = ({ projectId }: Universe) => ({ id: projectId, name: "", title: "" });

/** One person on two platforms. */
async function twoPlaces() {
  const first = await makeUniverse();
  const user = personOf(first, 0);
  const second = await makeUniverse({ people: [user] });
  const toTry = (universe: Universe, ...requests: Try["requests"]): Try => ({
    place: { platform: universe.platform, project: project(universe) },
    requests,
  });
  return { first, second, user, toTry };
}

const offersOf = async (id: string) => (await findAnswer(id))?.offers ?? [];

describe("a request that may run on several platforms", () => {
  test("gets offers where it can start soonest", async () => {
    const { first, second, user, toTry } = await twoPlaces();
    await book(first, { resources: all, start: at(2) });
    const request = aRequest({ start: { kind: "window", from: slotIn(2), until: slotIn(5) } });
    const tries = [toTry(first, request), toTry(second, request)];
    const answer = await requestAnywhere({ tries, user, now: NOW });
    expect(answer.ok).toBe(true);
    const offers = answer.ok ? await offersOf(answer.value.offerSetId) : [];
    expect(offers[0]).toMatchObject({ startsAt: slotIn(2), platform: { id: second.platform.id } });
    expect(await usedBy(first, "platform")).toEqual({ "15:00": 8 });
  });

  test("is asked for in one window after the other, and a no names every place and holds nothing", async () => {
    const { first, second, user, toTry } = await twoPlaces();
    for (const universe of [first, second]) await book(universe, { resources: all, start: at(2) });
    const [full, free] = [aRequest({ start: at(2) }), aRequest({ start: at(6) })];
    const no = await requestAnywhere({ tries: [toTry(first, full), toTry(second, full)], user, now: NOW });
    expect(no.ok ? [] : no.error.map(({ place, refusals }) => [place.platform.id, refusals[0]?.code])).toEqual([
      [first.platform.id, "NO_CAPACITY"],
      [second.platform.id, "NO_CAPACITY"],
    ]);
    expect(await usedBy(first, "platform")).toEqual({ "15:00": 8 });
    const yes = await requestAnywhere({ tries: [toTry(first, full, free)], user, now: NOW });
    expect(yes.ok && (await offersOf(yes.value.offerSetId))[0]?.startsAt).toBe(slotIn(6));
  });
});

describe("running something without offers", () => {
  test("books the first there is and holds nothing else", async () => {
    const { first, user, toTry } = await twoPlaces();
    const booked = await runDirectly({ tries: [toTry(first, aRequest())], user, now: NOW });
    expect(booked.ok).toBe(true);
    expect(await usedBy(first, "platform")).toEqual({ "14:00": 2 });
    expect(await usedBy(first, "user")).toEqual({ "14:00": 2 });
    expect(await ledgerDifferences(first.platform.id)).toEqual([]);
  });

  test("again with the same key finds what it booked, even when nobody heard the answer", async () => {
    const { first, user, toTry } = await twoPlaces();
    const run = () => runDirectly({ tries: [toTry(first, aRequest())], user, key: "a key", now: NOW });
    const [one, again] = [await run(), await run()];
    expect(one.ok && again).toEqual(one);
    expect(await usedBy(first, "platform")).toEqual({ "14:00": 2 });
  });

  test("that cannot be booked leaves nothing behind", async () => {
    const universe = await makeUniverse({ openBookings: 1 });
    const user = personOf(universe, 0);
    await book(universe, { start: at(3) });
    const platform = (await findPlatformById(universe.platform.id)) ?? universe.platform;
    const tries = [{ place: { platform, project: project(universe) }, requests: [aRequest()] }];
    const refused = await runDirectly({ tries, user, now: NOW });
    expect(refused.ok ? null : refused.error[0]?.refusals[0]?.code).toBe("QUOTA_REACHED");
    expect(await usedBy(universe, "platform")).toEqual({ "16:00": 2 });
  });
});

test("what cannot be booked on one platform is booked on the next, and nothing is held on the first", async () => {
  const first = await makeUniverse({ openBookings: 1 });
  const user = personOf(first, 0);
  const second = await makeUniverse({ people: [user] });
  await book(first, { start: at(3) });
  const tries = await Promise.all(
    [first, second].map(async (universe) => {
      const platform = (await findPlatformById(universe.platform.id)) ?? universe.platform;
      return { place: { platform, project: project(universe) }, requests: [aRequest()] };
    }),
  );
  const booked = await runDirectly({ tries, user, now: NOW });
  expect(booked.ok).toBe(true);
  expect(await usedBy(first, "platform")).toEqual({ "16:00": 2 });
  expect(await usedBy(second, "platform")).toEqual({ "14:00": 2 });
  const both = await runDirectly({ tries: tries.slice(0, 1), user, now: NOW });
  expect(both.ok ? [] : both.error.map(({ place }) => place.platform.id)).toEqual([first.platform.id]);
});

describe("giving up one offer", () => {
  test("leaves the others of its set, and again is a yes", async () => {
    const { first, user, toTry } = await twoPlaces();
    const made = await requestAnywhere({ tries: [toTry(first, aRequest())], user, now: NOW });
    const [one, other] = made.ok ? await offersOf(made.value.offerSetId) : [];
    const give = (offerId = one?.id ?? "", now = NOW, who = user) =>
      rejectOffer({ offerId, after: "REJECTED", user: who, now });
    expect((await give()).ok).toBe(true);
    expect((await give()).ok).toBe(true);
    const stranger = personOf(await makeUniverse(), 0);
    expect(await give(other?.id, NOW, stranger)).toMatchObject({ ok: false, error: { code: "NOT_FOUND" } });
    expect(await give(other?.id, NOW + 300_000)).toMatchObject({ ok: false, error: { code: "OFFER_EXPIRED" } });
    const left = made.ok ? await offersOf(made.value.offerSetId) : [];
    expect(left.map(({ phase }) => phase).sort()).toEqual(["OFFERED", "OFFERED", "OFFERED", "REJECTED"]);
    expect(await ledgerDifferences(first.platform.id)).toEqual([]);
  });
});
