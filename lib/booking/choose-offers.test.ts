import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMIT, type Situation, someSituation } from "#lib/testing/some-capacity.ts";
import { type Candidate, candidates } from "./candidates.ts";
import { accountKinds, freeFor } from "./capacity.ts";
import { chooseOffers, compareOffers } from "./offers.ts";
import { leastOf } from "./request.ts";
import { fitsInto, type Resources } from "./resources.ts";
import { hasRoom } from "./room.ts";
import { compareSize } from "./size.ts";
import { bookingWindow, slotLength } from "./slot.ts";

const offersOf = ({ request, rule, capacity, now }: Situation) => chooseOffers(request, rule, capacity, now);

/** Every size between the least and the most. */
function sizesOf({ request }: Situation): Resources[] {
  const least = leastOf(request).resources;
  const most = request.resources;
  const sizes: Resources[] = [];
  for (let cores = least.cores; cores <= most.cores; cores++)
    for (let memoryGiB = least.memoryGiB; memoryGiB <= most.memoryGiB; memoryGiB++)
      for (let gpus = least.gpus; gpus <= most.gpus; gpus++) sizes.push({ cores, memoryGiB, gpus });
  return sizes;
}

/** Every run at all that would do and has room, tried one by one. */
function allThatFit(situation: Situation): Candidate[] {
  const { request, rule, capacity, now } = situation;
  const sizes = sizesOf(situation);
  const runs: Candidate[] = [];
  for (let slots = leastOf(request).durationSlots; slots <= request.durationSlots; slots++)
    for (const candidate of candidates({ ...request, durationSlots: slots, minDurationSlots: slots }, rule, now))
      for (const resources of sizes) runs.push({ ...candidate, resources });
  return runs.filter((run) => hasRoom(run, capacity, rule));
}

describe("whatever is booked, allowed and asked, of a range or not", () => {
  test("every offer is in the window and the asked times, and between the least and the most", () => {
    fc.assert(
      fc.property(someSituation, (situation) => {
        const { request, rule, now } = situation;
        const window = bookingWindow(rule, now);
        const least = leastOf(request);
        for (const offer of offersOf(situation)) {
          expect(offer.span.start >= window.start && offer.span.end <= window.end).toBe(true);
          const { start } = request;
          // However late in its life it is accepted, it starts in time, and the run is as long as it says.
          const latestStart = offer.startsNow ? offer.expiresAt : offer.startsAt;
          if (start.kind === "window") expect(offer.startsAt >= start.from && latestStart <= start.until).toBe(true);
          expect(fitsInto(least.resources, offer.resources)).toBe(true);
          expect(fitsInto(offer.resources, request.resources)).toBe(true);
          expect(offer.durationSlots).toBeGreaterThanOrEqual(least.durationSlots);
          expect(offer.durationSlots).toBeLessThanOrEqual(request.durationSlots);
          expect(offer.endsAt - latestStart).toBeGreaterThanOrEqual(offer.durationSlots * slotLength(rule));
          expect(offer.expiresAt > now && offer.expiresAt <= now + rule.offerSeconds * 1000).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("every offer by itself is within the limits of each of its slots and within all three budgets", () => {
    fc.assert(
      fc.property(someSituation, (situation) => {
        const { rule, capacity } = situation;
        for (const offer of offersOf(situation)) {
          const within = capacity.slots.filter(({ start }) => start >= offer.span.start && start < offer.span.end);
          for (const slot of within) expect(fitsInto(offer.resources, freeFor(slot))).toBe(true);
          const hours = (within.length * rule.slotMinutes) / 60;
          for (const kind of accountKinds) {
            const used = (name: "cores" | "gpus") =>
              capacity.slots.reduce((sum, slot) => sum + (slot.accounts[kind].used[name] * rule.slotMinutes) / 60, 0);
            const { coreHours, gpuHours } = capacity.budgets[kind];
            const isWithin = (limit: number | null, name: "cores" | "gpus") =>
              limit === null ||
              offer.resources[name] === 0 ||
              used(name) + offer.resources[name] * hours <= limit + 1e-6;
            expect(isWithin(coreHours, "cores") && isWithin(gpuHours, "gpus")).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a set is in order, within the platform's number of offers, and none of it overlaps", () => {
    fc.assert(
      fc.property(someSituation, (situation) => {
        const offers = offersOf(situation);
        expect(offers.length).toBeLessThanOrEqual(situation.rule.maxOffers);
        expect(offers).toEqual([...offers].sort(compareOffers(situation.request.resources)));
        offers.slice(1).forEach((offer, index) => {
          expect(offer.startsAt).toBeGreaterThanOrEqual(offers[index]?.endsAt ?? Number.POSITIVE_INFINITY);
        });
        expect(offers.filter(({ strategy }) => strategy === "soonest")).toHaveLength(Math.min(1, offers.length));
      }),
      { numRuns: 500 },
    );
  });

  test("the first offer is the earliest there is, and where there is no offer nothing at all fits", () => {
    fc.assert(
      fc.property(someSituation, (situation) => {
        const [first] = offersOf(situation);
        const all = allThatFit(situation);
        const earliest = all.reduce((least, run) => Math.min(least, run.startsAt), Number.POSITIVE_INFINITY);
        expect(first?.startsAt ?? Number.POSITIVE_INFINITY).toBe(earliest);
      }),
      { numRuns: 200 },
    );
  });

  test("no other run at an offer's start is larger, and none of its size is longer", () => {
    fc.assert(
      fc.property(someSituation, (situation) => {
        const wished = situation.request.resources;
        const all = allThatFit(situation);
        for (const offer of offersOf(situation)) {
          // At “now” one waits for the decision longer than the other: those are compared that expire together.
          for (const run of all.filter((one) => one.startsAt === offer.startsAt && one.expiresAt === offer.expiresAt)) {
            const difference = compareSize(run.resources, offer.resources, wished);
            expect(difference).toBeLessThanOrEqual(0);
            if (difference === 0) expect(run.durationSlots).toBeLessThanOrEqual(offer.durationSlots);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("an offer named largest or longest is so: larger or longer than the soonest", () => {
    let named = 0;
    fc.assert(
      fc.property(someSituation, (situation) => {
        const offers = offersOf(situation);
        const soonest = offers.find(({ strategy }) => strategy === "soonest");
        for (const offer of offers) {
          if (!soonest || (offer.strategy !== "largest" && offer.strategy !== "longest")) continue;
          named++;
          if (offer.strategy === "longest") expect(offer.durationSlots).toBeGreaterThan(soonest.durationSlots);
          else {
            const wished = situation.request.resources;
            expect(compareSize(offer.resources, soonest.resources, wished)).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(named).toBeGreaterThan(0);
  });

  test("what is asked without a least is offered exactly so", () => {
    fc.assert(
      fc.property(someSituation, ({ request: { minResources, minDurationSlots, ...request }, ...rest }) => {
        for (const offer of offersOf({ ...rest, request })) {
          expect(offer.resources).toEqual(request.resources);
          expect(offer.durationSlots).toBe(request.durationSlots);
          expect(["soonest", "later", "roomiest"]).toContain(offer.strategy);
        }
      }),
    );
  });

  test("a platform may not hand out more than eight offers", () => {
    fc.assert(
      fc.property(someSituation, (situation) => {
        const rule = { ...situation.rule, maxOffers: 1000 };
        expect(offersOf({ ...situation, rule }).length).toBeLessThanOrEqual(8);
      }),
    );
  });

  test("amounts that are no amounts get no offers and no exception", () => {
    const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300, 0.5);
    fc.assert(
      fc.property(someSituation, odd, odd, (situation, amount, slots) => {
        const { request } = situation;
        const resources = { ...request.resources, cores: amount };
        for (const wish of [
          { ...request, resources, minResources: LIMIT },
          { ...request, durationSlots: slots },
        ])
          expect(() => offersOf({ ...situation, request: wish })).not.toThrow();
      }),
    );
  });
});
