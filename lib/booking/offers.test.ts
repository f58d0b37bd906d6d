import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidates, type OfferRule } from "./candidates.ts";
import { type Capacity, freeFor, type SlotCapacity, slotFit } from "./capacity.ts";
import { chooseOffers } from "./offers.ts";
import type { ExecutionRequest, RequestedStart } from "./request.ts";
import { fitsInto, type Resources } from "./resources.ts";
import { hasRoom } from "./room.ts";
import { bookingWindow, isSlotStart, type Millis, slotLength, slotsIn } from "./slot.ts";
import { waysForward } from "./ways-forward.ts";
import { whyNot } from "./why-not.ts";

const rule: OfferRule = { slotMinutes: 60, windowHours: 24, maxOffers: 4, offerSeconds: 300 };
const HOUR = 3_600_000;
const SLOT = Date.UTC(2026, 10, 26, 13);
const limit: Resources = { cores: 8, memoryGiB: 32, gpus: 1 };
const none: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };

const someUse = fc.record({ cores: fc.nat(8), memoryGiB: fc.nat(32), gpus: fc.nat(1) });
const someSlot = fc.record({
  closed: fc.option(fc.constant("maintenance"), { freq: 8 }),
  platform: someUse,
  project: someUse,
  user: someUse,
});
type SomeSlot = { closed: string | null; platform: Resources; project: Resources; user: Resources };

/** The window's slots with what is used in them. */
const toSlots = (window: readonly Millis[], uses: readonly SomeSlot[]): SlotCapacity[] =>
  window.map((start, index) => {
    const use = uses[index % Math.max(1, uses.length)] ?? { closed: null, platform: none, project: none, user: none };
    const accounts = {
      platform: { used: use.platform, limit },
      project: { used: use.project, limit },
      user: { used: use.user, limit },
    };
    return { start, closed: use.closed, accounts };
  });

const noBudget = { coreHours: null, gpuHours: null };
const toCapacity = (window: readonly Millis[], uses: readonly SomeSlot[]): Capacity => ({
  slots: toSlots(window, uses),
  budgets: { platform: noBudget, project: noBudget, user: noBudget },
});

const somewhere = fc
  .record({
    now: fc.integer({ min: 0, max: HOUR - 1 }).map((into) => SLOT + into),
    uses: fc.array(someSlot, { minLength: 1, maxLength: 24 }),
    resources: fc.record({
      cores: fc.integer({ min: 1, max: 8 }),
      memoryGiB: fc.integer({ min: 1, max: 32 }),
      gpus: fc.nat(1),
    }),
    durationSlots: fc.integer({ min: 1, max: 6 }),
    start: fc.oneof(
      fc.constant<RequestedStart>({ kind: "now" }),
      fc
        .tuple(fc.integer({ min: -5 * HOUR, max: 30 * HOUR }), fc.nat(30 * HOUR))
        .map(([from, length]): RequestedStart => ({ kind: "window", from: SLOT + from, until: SLOT + from + length })),
    ),
  })
  .map(({ now, uses, ...wish }) => {
    const request: ExecutionRequest = { executable: { type: "notebook", image: null }, ...wish };
    return { now, request, capacity: toCapacity(slotsIn(rule, bookingWindow(rule, now)), uses) };
  });

describe("whatever is booked and asked", () => {
  test("every offer fits into each of its slots, lies in the window, starts when it may, and is long enough", () => {
    fc.assert(
      fc.property(somewhere, ({ now, request, capacity }) => {
        const { slots } = capacity;
        const window = bookingWindow(rule, now);
        for (const offer of chooseOffers(request, rule, capacity, now)) {
          expect(offer.span.start >= window.start && offer.span.end <= window.end).toBe(true);
          expect(isSlotStart(rule, offer.span.start) && isSlotStart(rule, offer.span.end)).toBe(true);
          const within = slots.filter((slot) => slot.start >= offer.span.start && slot.start < offer.span.end);
          expect(within.length).toBe((offer.span.end - offer.span.start) / slotLength(rule));
          for (const slot of within) expect(fitsInto(request.resources, freeFor(slot))).toBe(true);
          const { start } = request;
          // However late in its life it is accepted, it starts in time, and the run is as long as it says.
          const latestStart = offer.startsNow ? offer.expiresAt : offer.startsAt;
          if (start.kind === "window") expect(offer.startsAt >= start.from && latestStart <= start.until).toBe(true);
          expect(offer.endsAt - latestStart).toBeGreaterThanOrEqual(request.durationSlots * slotLength(rule));
          expect(offer.expiresAt > now && offer.expiresAt <= now + rule.offerSeconds * 1000).toBe(true);
          if (!offer.startsNow) expect(offer.expiresAt).toBeLessThanOrEqual(offer.startsAt);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("the offers of a set are at most four, in order, do not overlap, and the first possible start is among them", () => {
    fc.assert(
      fc.property(somewhere, ({ now, request, capacity }) => {
        const offers = chooseOffers(request, rule, capacity, now);
        expect(offers.length).toBeLessThanOrEqual(4);
        offers.slice(1).forEach((offer, index) => {
          expect(offer.span.start).toBeGreaterThanOrEqual(offers[index]?.span.end ?? 0);
        });
        const fitting = candidates(request, rule, now).filter((candidate) => hasRoom(candidate, capacity, rule));
        expect(offers[0]?.startsAt).toBe(fitting[0]?.startsAt);
      }),
      { numRuns: 400 },
    );
  });

  test("a no has a reason, and every way forward can be had as it stands", () => {
    fc.assert(
      fc.property(somewhere, ({ now, request, capacity }) => {
        if (chooseOffers(request, rule, capacity, now).length > 0) return;
        const why = whyNot(request, rule, capacity, now);
        if (candidates(request, rule, now).length > 0) expect(why).not.toBeNull();
        for (const way of waysForward(request, rule, capacity, now)) {
          const offers = chooseOffers(way.request, rule, capacity, now);
          expect(offers.some((offer) => offer.startsAt === way.startsAt && offer.endsAt === way.endsAt)).toBe(true);
          expect(fitsInto(way.request.resources, request.resources)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("examples", () => {
  const request: ExecutionRequest = {
    executable: { type: "notebook", image: null },
    resources: { cores: 4, memoryGiB: 16, gpus: 0 },
    durationSlots: 1,
    start: { kind: "now" },
  };
  const empty = (now: Millis) => toCapacity(slotsIn(rule, bookingWindow(rule, now)), []);

  test("at 13:24 “now” runs until 15:00", () => {
    const now = SLOT + 24 * 60_000;
    expect(chooseOffers(request, rule, empty(now), now)[0]).toMatchObject({
      startsAt: now,
      endsAt: SLOT + 2 * HOUR,
      startsNow: true,
      strategy: "soonest",
    });
  });

  test("half a minute before 14:00 “now” runs until 16:00, as nobody could decide before 14:00", () => {
    const now = SLOT + HOUR - 30_000;
    expect(chooseOffers(request, rule, empty(now), now)[0]).toMatchObject({
      endsAt: SLOT + 3 * HOUR,
      expiresAt: now + 300_000,
    });
  });

  test("where there is no room for the next slot as rest, the shorter run is offered until the slot is about to end", () => {
    const now = SLOT + HOUR - 30_000;
    const full = { closed: null, platform: limit, project: none, user: none };
    const free = { ...full, platform: none };
    const uses = Array.from({ length: 24 }, (_, hour) => (hour === 2 ? full : free));
    const [first] = chooseOffers(request, rule, toCapacity(slotsIn(rule, bookingWindow(rule, now)), uses), now);
    expect(first).toMatchObject({ startsNow: true, endsAt: SLOT + 2 * HOUR, expiresAt: SLOT + HOUR - 1_000 });
  });

  test("a long run that has no room is proposed shorter, as long as it fits", () => {
    const now = SLOT + 24 * 60_000;
    const full = { closed: null, platform: limit, project: none, user: none };
    const free = { ...full, platform: none };
    const uses = Array.from({ length: 24 }, (_, hour) => (hour % 6 === 5 ? full : free));
    const ways = waysForward(
      { ...request, durationSlots: 6 },
      rule,
      toCapacity(slotsIn(rule, bookingWindow(rule, now)), uses),
      now,
    );
    expect(ways.find((way) => way.kind === "shorter")).toMatchObject({
      endsAt: SLOT + 5 * HOUR,
      request: { durationSlots: 4 },
    });
  });

  test("the last offer is where the platform has most room", () => {
    const now = SLOT;
    const busy = { closed: null, platform: { cores: 4, memoryGiB: 8, gpus: 0 }, project: none, user: none };
    const idle = { ...busy, platform: none };
    const uses = Array.from({ length: 24 }, (_, hour) => (hour === 17 ? idle : busy));
    const offers = chooseOffers(request, rule, toCapacity(slotsIn(rule, bookingWindow(rule, now)), uses), now);
    expect(offers.at(-1)).toMatchObject({ strategy: "roomiest", startsAt: SLOT + 17 * HOUR });
  });

  test("a slot says how often a shape fits, when less does, and when nothing does", () => {
    const slot = (cores: number): SlotCapacity =>
      toSlots(
        [SLOT],
        [{ closed: null, platform: { cores, memoryGiB: 0, gpus: 0 }, project: none, user: none }],
      )[0] as SlotCapacity;
    const asked = { cores: 4, memoryGiB: 4, gpus: 0 };
    expect(slotFit(slot(0), asked)).toMatchObject({ fit: "fits", times: 2 });
    expect(slotFit(slot(5), asked)).toMatchObject({
      fit: "smaller",
      scarcity: { resource: "cores", account: "platform", left: 3 },
    });
    expect(slotFit(slot(8), asked)).toMatchObject({ fit: "full", scarcity: { left: 0 } });
  });
});
