import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMIT, NO_BUDGET, NOTHING, someSituation } from "#lib/testing/some-capacity.ts";
import { affordable, budgetLeft, exceeded } from "./budget.ts";
import { type AccountKind, accountKinds, type Budget, type Capacity, freeFor } from "./capacity.ts";
import { effectiveLimits } from "./limits.ts";
import { chooseOffers } from "./offers.ts";
import type { ExecutionRequest } from "./request.ts";
import { type Resources, resourceNames } from "./resources.ts";
import { whyNot } from "./why-not.ts";

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 26, 12);
const rule = { slotMinutes: 60, windowHours: 6, maxOffers: 4, offerSeconds: 300 };

/** Six hours from noon, with nothing used and no budget unless told otherwise. */
function capacityWith({
  budgets = {},
  used = {},
  limits = {},
}: {
  budgets?: Partial<Record<AccountKind, Partial<Budget>>>;
  used?: Partial<Record<AccountKind, Partial<Resources>>>;
  limits?: Partial<Record<AccountKind, Partial<Resources>>>;
}): Capacity {
  const entry = (kind: AccountKind) => ({
    used: { ...NOTHING, ...used[kind] },
    limit: { ...LIMIT, ...limits[kind] },
  });
  const accounts = { platform: entry("platform"), project: entry("project"), user: entry("user") };
  return {
    slots: Array.from({ length: 6 }, (_, index) => ({ start: NOON + index * HOUR, closed: null, accounts })),
    budgets: {
      platform: { ...NO_BUDGET, ...budgets.platform },
      project: { ...NO_BUDGET, ...budgets.project },
      user: { ...NO_BUDGET, ...budgets.user },
    },
  };
}

describe("budgets over the window", () => {
  test("the tightest of the three accounts counts, with what is used in all its slots", () => {
    const capacity = capacityWith({
      budgets: { platform: { coreHours: 100 }, project: { coreHours: 20, gpuHours: 3 }, user: { coreHours: 10 } },
      used: { platform: { cores: 4 }, project: { cores: 3 }, user: { cores: 1 } },
    });
    expect(budgetLeft(capacity, rule)).toEqual({
      cores: { account: "project", limitHours: 20, usedHours: 18, leftHours: 2 },
      gpus: { account: "project", limitHours: 3, usedHours: 0, leftHours: 3 },
    });
  });

  test("without a budget nothing is counted", () => {
    expect(budgetLeft(capacityWith({ used: { user: { cores: 6 } } }), rule)).toEqual({ cores: null, gpus: null });
  });

  test("a budget that was lowered under what was promised has nothing left, never less", () => {
    const capacity = capacityWith({ budgets: { user: { coreHours: 5 } }, used: { user: { cores: 1 } } });
    expect(budgetLeft(capacity, rule).cores).toMatchObject({ usedHours: 6, leftHours: 0 });
  });

  test("thirds of an hour add up: three slots of 20 minutes cost one hour, and nothing is lost by rounding", () => {
    const thirds = { slotMinutes: 20, windowHours: 24 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 500 }), (cores, slots) => {
        const hours = (cores * slots * 20) / 60;
        const left = { account: "user" as const, limitHours: hours, usedHours: 0, leftHours: hours };
        expect(affordable(left, slots, thirds)).toBe(cores);
        const budgets = { cores: left, gpus: null };
        expect(exceeded(budgets, { ...NOTHING, cores }, slots, thirds)).toBeNull();
        expect(exceeded(budgets, { ...NOTHING, cores: cores + 1 }, slots, thirds)).not.toBeNull();
      }),
    );
  });
});

describe("a budget at work", () => {
  const request: ExecutionRequest = {
    executable: { type: "notebook", image: null },
    resources: { cores: 4, memoryGiB: 4, gpus: 0 },
    durationSlots: 2,
    start: { kind: "window", from: NOON + HOUR, until: NOON + 5 * HOUR },
  };
  const capacity = capacityWith({ budgets: { user: { coreHours: 6 } } });

  test("stops what costs more than is left, and says whose it is and what was asked", () => {
    expect(chooseOffers(request, rule, capacity, NOON)).toEqual([]);
    expect(whyNot(request, rule, capacity, NOON)).toEqual({
      budget: { account: "user", resource: "cores", leftHours: 6, askedHours: 8 },
    });
  });

  test("makes offers smaller where less will do; each offer of a set may take all that is left", () => {
    const ranged = { ...request, minResources: { cores: 1, memoryGiB: 4, gpus: 0 } };
    const offers = chooseOffers(ranged, rule, capacity, NOON);
    expect(offers.map(({ resources }) => resources.cores)).toEqual([3, 3]);
  });

  test("of GPUs stops those who ask for GPUs only", () => {
    const noGpus = capacityWith({ budgets: { project: { gpuHours: 0 } } });
    expect(chooseOffers(request, rule, noGpus, NOON)).not.toEqual([]);
    const wish = { ...request, resources: { ...request.resources, gpus: 1 } };
    expect(whyNot(wish, rule, noGpus, NOON)).toMatchObject({ budget: { account: "project", resource: "gpus" } });
  });

  test("the rest of the running slot costs too when a session starts now", () => {
    const now: ExecutionRequest = { ...request, durationSlots: 1, start: { kind: "now" } };
    const offers = chooseOffers(now, rule, capacity, NOON + 60_000);
    expect(offers[0]).toMatchObject({ startsNow: false, startsAt: NOON + HOUR });
    expect(whyNot({ ...now, durationSlots: 2 }, rule, capacity, NOON + 60_000)).toMatchObject({
      budget: { askedHours: 12 },
    });
  });
});

describe("the limits of one user", () => {
  test("are the smallest of the three accounts, and say whose", () => {
    const capacity = capacityWith({
      limits: { project: { cores: 3 }, user: { cores: 5, memoryGiB: 2 } },
      used: { platform: { gpus: 1 }, user: { cores: 4 } },
      budgets: { user: { coreHours: 30 } },
    });
    expect(effectiveLimits(capacity, rule)).toEqual({
      inOneSlot: {
        cores: { most: 3, account: "project", left: 1 },
        memoryGiB: { most: 2, account: "user", left: 2 },
        gpus: { most: 1, account: "platform", left: 0 },
      },
      overWindow: { cores: { account: "user", limitHours: 30, usedHours: 24, leftHours: 6 }, gpus: null },
    });
  });

  test("whatever the ledger says: no slot allows or has more than they say", () => {
    fc.assert(
      fc.property(someSituation, ({ capacity, rule: some }) => {
        const { inOneSlot } = effectiveLimits(capacity, some);
        for (const name of resourceNames) {
          const { most, left } = inOneSlot[name];
          expect(left).toBeLessThanOrEqual(most);
          for (const slot of capacity.slots) {
            expect(Math.min(...accountKinds.map((kind) => slot.accounts[kind].limit[name]))).toBeLessThanOrEqual(most);
            expect(freeFor(slot)[name]).toBeLessThanOrEqual(left);
          }
        }
      }),
    );
  });
});

describe("why not", () => {
  const request: ExecutionRequest = {
    executable: { type: "notebook", image: null },
    resources: { cores: 4, memoryGiB: 4, gpus: 0 },
    durationSlots: 3,
    start: { kind: "window", from: NOON + HOUR, until: NOON + HOUR },
  };
  const busy = (hour: number, cores: number, closed: string | null = null): Capacity => {
    const free = capacityWith({ used: { platform: { cores: 3 } } });
    const slots = free.slots.map((slot, index) =>
      index === hour
        ? {
            ...slot,
            closed,
            accounts: { ...slot.accounts, platform: { used: { ...NOTHING, cores }, limit: LIMIT } },
          }
        : slot,
    );
    return { ...free, slots };
  };

  test("the slot with the least room is named, not the first that is short", () => {
    const scarcity = { resource: "cores", account: "platform", left: 1 };
    expect(whyNot(request, rule, busy(2, 5), NOON)).toMatchObject({ slot: { start: NOON + 2 * HOUR }, scarcity });
  });

  test("a closed slot comes before a full one", () => {
    expect(whyNot(request, rule, busy(3, 0, "maintenance"), NOON)).toMatchObject({ slot: { start: NOON + 3 * HOUR } });
  });
});
