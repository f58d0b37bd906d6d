import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMIT, someSituation } from "#lib/testing/some-capacity.ts";
import { candidates } from "./candidates.ts";
import { amountsOf, areChoicesDue, type PlatformChoices, roundingDown, typesOf } from "./choices.ts";
import { executableTypes } from "./executable.ts";
import { chooseOffers } from "./offers.ts";
import { checkRequest, leastOf } from "./request.ts";
import { fitsInto, type Resources, resourceNames } from "./resources.ts";
import { hasRoom } from "./room.ts";
import { waysForward } from "./ways-forward.ts";
import { whyNot } from "./why-not.ts";

const nothingSaid: PlatformChoices = {
  types: executableTypes,
  images: [],
  registries: [],
  cores: [],
  memoryGiB: [],
  gpus: [],
  mostSessions: null,
};
const some = (most: number) => fc.uniqueArray(fc.integer({ min: 1, max: most + 2 }), { maxLength: 4 });
const someChoices = fc
  .record({ cores: some(LIMIT.cores), memoryGiB: some(LIMIT.memoryGiB), gpus: some(LIMIT.gpus) })
  .map((amounts): PlatformChoices => ({ ...nothingSaid, ...amounts }));
const isGiven = (size: Resources, choices: PlatformChoices) =>
  resourceNames.every((name) => amountsOf({ choices }, name)?.includes(size[name]) ?? true);

/** Situations in which the request is possible on a platform that gives certain amounts only. */
const situation = fc.tuple(someSituation, someChoices).map(([{ rule, ...more }, choices]) => {
  const { request, now } = more;
  const asking = { ...rule, choices };
  return { ...more, rule: asking, choices, isPossible: checkRequest(request, asking, now).length === 0 };
});

describe("on a platform that gives certain amounts only", () => {
  test("every offer has amounts that it gives, between what will do and what is wished", () => {
    let offered = 0;
    let rounded = 0;
    fc.assert(
      fc.property(situation, ({ request, rule, capacity, choices, now }) => {
        for (const { resources } of chooseOffers(request, rule, capacity, now)) {
          offered++;
          if (!isGiven(request.resources, choices)) rounded++;
          expect(isGiven(resources, choices)).toBe(true);
          expect(fitsInto(leastOf(request).resources, resources)).toBe(true);
          expect(fitsInto(resources, request.resources)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(offered, rounded)).toBeGreaterThan(50);
  });

  test("whoever asks for what is given gets an offer where there is room for it, and else the reason", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(situation, ({ request, rule, capacity, isPossible, now }) => {
        fc.pre(isPossible);
        const all = candidates(request, rule, now);
        const isRoom = all.some((one) => hasRoom(one, capacity, rule));
        const offers = chooseOffers(request, rule, capacity, now);
        expect(offers.length > 0).toBe(isRoom);
        if (!isRoom) expect(whyNot(request, rule, capacity, now) !== null).toBe(all.length > 0);
        seen.add(isRoom ? "offer" : "no");
      }),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual(["no", "offer"]);
  });

  test("every way forward can be asked for as it stands", () => {
    let ways = 0;
    fc.assert(
      fc.property(situation, ({ request, rule, capacity, isPossible, now }) => {
        fc.pre(isPossible);
        if (chooseOffers(request, rule, capacity, now).length > 0) return;
        for (const way of waysForward(request, rule, capacity, now)) {
          ways++;
          expect(checkRequest(way.request, rule, now)).toEqual([]);
          const offers = chooseOffers(way.request, rule, capacity, now);
          expect(offers.some(({ startsAt, endsAt }) => startsAt === way.startsAt && endsAt === way.endsAt)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect(ways).toBeGreaterThan(20);
  });
});

test("a size is rounded down to what is given, in each amount; below the least there is nothing", () => {
  const given = roundingDown({ choices: { ...nothingSaid, cores: [8, 2, 4], memoryGiB: [4, 16], gpus: [2] } });
  expect(given({ cores: 7, memoryGiB: 64, gpus: 1 })).toEqual({ cores: 4, memoryGiB: 16, gpus: 0 });
  expect(given({ cores: 8, memoryGiB: 4, gpus: 3 })).toEqual({ cores: 8, memoryGiB: 4, gpus: 2 });
  expect(given({ cores: 1, memoryGiB: 64, gpus: 0 })).toBeNull();
  expect(given({ cores: 2, memoryGiB: 3, gpus: 0 })).toBeNull();
  const any = { cores: 7, memoryGiB: 5, gpus: 3 };
  expect(roundingDown({ choices: null })(any)).toEqual(any);
  expect(roundingDown({ choices: nothingSaid })(any)).toEqual({ ...any, gpus: 0 });
});

test("types are those that an image has, in the order people know; all while no image says", () => {
  const images = [
    { id: "a", types: ["headless", "desktop-app"] },
    { id: "b", types: ["carta", "notebook"] },
  ];
  expect(typesOf(images)).toEqual(["notebook", "carta", "headless"]);
  expect(typesOf([{ id: "c", types: ["desktop-app"] }])).toEqual(executableTypes);
});

describe("what may be chosen is asked for", () => {
  const NOW = Date.UTC(2026, 10, 26, 14);
  const minutes = (count: number) => NOW - count * 60_000;
  test.each([
    ["at once when nothing is known", null, null, null, true],
    ["again after ten seconds when nothing is known", null, "down", NOW - 10_000, true],
    ["not sooner than that", null, "down", NOW - 9_999, false],
    ["not while it is fresh", minutes(14), null, null, false],
    ["when it is a quarter of an hour old", minutes(15), null, minutes(15), true],
    ["every minute after trouble", minutes(20), "down", minutes(1), true],
    ["not more often than that", minutes(20), "down", NOW - 59_999, false],
    ["after trouble although what is known is fresh", minutes(2), "down", minutes(1), true],
  ])("%s", (_when, choicesAt, choicesTrouble, triedAt, isDue) => {
    expect(areChoicesDue({ choicesAt, choicesTrouble }, triedAt, NOW)).toBe(isDue);
  });
});
