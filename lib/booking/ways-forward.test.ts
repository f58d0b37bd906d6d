import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMIT, NO_BUDGET, NOTHING, someSituation } from "#lib/testing/some-capacity.ts";
import { candidates } from "./candidates.ts";
import { chooseOffers } from "./offers.ts";
import { checkRequest, leastOf } from "./request.ts";
import { fitsInto } from "./resources.ts";
import { elsewhere, type WayForward, waysForward } from "./ways-forward.ts";
import { whyNot } from "./why-not.ts";

describe("whatever is booked, allowed and asked, of a range or not", () => {
  test("every way forward can be asked for as it stands, and then gives what it says", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(someSituation, ({ request, rule, capacity, now }) => {
        if (chooseOffers(request, rule, capacity, now).length > 0) return;
        for (const way of waysForward(request, rule, capacity, now)) {
          seen.add(way.kind);
          expect(checkRequest(way.request, rule, now)).toEqual([]);
          const offers = chooseOffers(way.request, rule, capacity, now);
          expect(offers.some((offer) => offer.startsAt === way.startsAt && offer.endsAt === way.endsAt)).toBe(true);
          expect(fitsInto(way.request.resources, request.resources)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual(["earlier", "later", "shorter", "smaller"]);
  });

  test("earlier and later ways are as large and long as will do; the smaller is smaller and the shorter shorter", () => {
    fc.assert(
      fc.property(someSituation, ({ request, rule, capacity, now }) => {
        if (chooseOffers(request, rule, capacity, now).length > 0) return;
        const least = leastOf(request);
        for (const { kind, request: way } of waysForward(request, rule, capacity, now)) {
          const isLargeEnough = fitsInto(least.resources, way.resources);
          expect(isLargeEnough).toBe(kind !== "smaller");
          expect(way.durationSlots >= least.durationSlots).toBe(kind !== "shorter");
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a no has a reason: a slot that has no room for the least, or a budget that does not allow it", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(someSituation, ({ request, rule, capacity, now }) => {
        if (chooseOffers(request, rule, capacity, now).length > 0) return;
        const why = whyNot(request, rule, capacity, now);
        expect(why !== null).toBe(candidates(request, rule, now).length > 0);
        if (!why) return;
        seen.add(why.budget ? "budget" : "slot");
        if (why.budget) {
          expect(why.budget.askedHours).toBeGreaterThan(why.budget.leftHours);
          return;
        }
        const asked = leastOf(request).resources[why.scarcity.resource];
        expect(why.slot.closed !== null || why.scarcity.left < asked).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual(["budget", "slot"]);
  });

  test("another platform is proposed exactly when it has an offer, with the earliest it has", () => {
    let proposed = 0;
    fc.assert(
      fc.property(someSituation, ({ request, rule, capacity, now }) => {
        const platform = { ...rule, name: "other", title: "Another" };
        const way: WayForward | null = elsewhere(request, platform, capacity, now);
        const [first] =
          checkRequest(request, platform, now).length > 0 ? [] : chooseOffers(request, rule, capacity, now);
        expect(way?.startsAt).toBe(first?.startsAt);
        if (!way) return;
        proposed++;
        expect(way).toMatchObject({ kind: "elsewhere", platform: { name: "other", title: "Another" } });
        expect(chooseOffers(way.request, rule, capacity, now)[0]).toMatchObject({ endsAt: way.endsAt });
      }),
      { numRuns: 300 },
    );
    expect(proposed).toBeGreaterThan(0);
  });

  test("what a platform does not have is not proposed there", () => {
    fc.assert(
      fc.property(someSituation, ({ request, rule, capacity, now }) => {
        const platform = { ...rule, limit: NOTHING, name: "other", title: "Another" };
        expect(elsewhere(request, platform, capacity, now)).toBeNull();
      }),
    );
  });
});

test("ten seconds before the hour, “earlier” is the run that “now” is answered with, not the one for those who hurry", () => {
  const noon = Date.UTC(2026, 10, 26, 12);
  const now = noon + 3_600_000 - 10_000;
  const rule = { slotMinutes: 60, windowHours: 8, maxOffers: 4, offerSeconds: 300 };
  const entry = { used: NOTHING, limit: LIMIT };
  const accounts = { platform: entry, project: entry, user: entry };
  const slots = Array.from({ length: 8 }, (_, index) => ({ start: noon + index * 3_600_000, closed: null, accounts }));
  const capacity = { slots, budgets: { platform: NO_BUDGET, project: NO_BUDGET, user: NO_BUDGET } };
  const ways = waysForward(
    {
      executable: { type: "notebook", image: null },
      resources: LIMIT,
      durationSlots: 1,
      start: { kind: "window", from: now + 1, until: now + 1 },
    },
    rule,
    capacity,
    now,
  );
  expect(ways.find(({ kind }) => kind === "earlier")).toMatchObject({ startsAt: now, endsAt: noon + 3 * 3_600_000 });
});
