import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeFor, type SlotCapacity } from "./capacity.ts";
import { longestExtension, shortestEnd } from "./extension.ts";
import { fitsInto, type Resources } from "./resources.ts";
import { bookingWindow, isSlotStart, slotLength, slotStart, slotsIn } from "./slot.ts";

const HOUR = 3_600_000;
const SLOT = Date.UTC(2026, 10, 26, 13);
const limit: Resources = { cores: 8, memoryGiB: 32, gpus: 1 };
const none: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };
const unlimited = { cores: null, gpus: null };

const someUse = fc.record({ cores: fc.nat(4), memoryGiB: fc.nat(16), gpus: fc.nat(1) });
const someSlot = fc.record({ closed: fc.option(fc.constant("maintenance"), { freq: 12 }), used: someUse });
const rules = fc.record({ slotMinutes: fc.constantFrom(5, 15, 20, 30, 60, 120), windowHours: fc.constant(24) });
const someHours = fc.option(fc.integer({ min: -60, max: 6000 }).map((minutes) => minutes / 60));

const somewhere = fc
  .record({
    rule: rules,
    into: fc.nat(HOUR - 1),
    uses: fc.array(someSlot, { minLength: 1, maxLength: 24 }),
    endsAfter: fc.integer({ min: -3, max: 30 }),
    resources: fc.record({
      cores: fc.integer({ min: 1, max: 4 }),
      memoryGiB: fc.integer({ min: 1, max: 16 }),
      gpus: fc.nat(1),
    }),
    hoursLeft: fc.record({ cores: someHours, gpus: someHours }),
  })
  .map(({ rule, into, uses, endsAfter, resources, hoursLeft }) => {
    const now = SLOT + into;
    const endsAt = slotStart(rule, now) + endsAfter * slotLength(rule);
    const slots = slotsIn(rule, bookingWindow(rule, now)).map((start, index): SlotCapacity => {
      const { closed, used } = uses[index % uses.length] ?? { closed: null, used: none };
      const accounts = { platform: { used, limit }, project: { used: none, limit }, user: { used: none, limit } };
      return { start, closed, accounts };
    });
    return { rule, now, slots, session: { endsAt, resources }, hoursLeft };
  });

describe("whatever is booked", () => {
  test("an extension has room, stays in the window and within the hours left, and one slot more does not", () => {
    fc.assert(
      fc.property(somewhere, ({ rule, now, slots, session, hoursLeft }) => {
        const { endsAt, resources } = session;
        const can = (count: number): boolean => {
          const end = endsAt + count * slotLength(rule);
          const added = slots.filter(({ start }) => start >= endsAt && start < end);
          const hours = (count * rule.slotMinutes) / 60;
          return (
            endsAt > now &&
            end <= bookingWindow(rule, now).end &&
            added.every((slot) => slot.closed === null && fitsInto(resources, freeFor(slot))) &&
            resources.cores * hours <= (hoursLeft.cores ?? Infinity) + 1e-6 &&
            resources.gpus * hours <= (resources.gpus === 0 ? 0 : (hoursLeft.gpus ?? Infinity) + 1e-6)
          );
        };
        const longest = longestExtension(session, rule, slots, hoursLeft, now);
        expect(Number.isInteger(longest) && longest >= 0).toBe(true);
        if (longest > 0) expect(can(longest)).toBe(true);
        expect(can(longest + 1)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test("the order of the slots does not matter", () => {
    fc.assert(
      fc.property(somewhere, ({ rule, now, slots, session, hoursLeft }) => {
        const turned = longestExtension(session, rule, slots.toReversed(), hoursLeft, now);
        expect(turned).toBe(longestExtension(session, rule, slots, hoursLeft, now));
      }),
    );
  });

  test("a session is never shortened below its running or first slot, nor made longer", () => {
    const times = fc.record({
      rule: rules,
      from: fc.nat(24),
      late: fc.nat(119),
      slots: fc.integer({ min: 1, max: 12 }),
      now: fc.integer({ min: -24 * HOUR, max: 48 * HOUR }).map((offset) => SLOT + offset),
    });
    fc.assert(
      fc.property(times, ({ rule, from, late, slots, now }) => {
        const length = slotLength(rule);
        const slotsFrom = slotStart(rule, SLOT) + from * length;
        const endsAt = slotsFrom + slots * length;
        const startsAt = Math.min(slotsFrom + late * 60_000, endsAt - 1);
        const end = shortestEnd({ startsAt, slotsFrom, endsAt }, rule, now);
        expect(isSlotStart(rule, end)).toBe(true);
        expect(end > startsAt && end <= endsAt).toBe(true);
        if (now < endsAt) expect(end).toBeGreaterThan(now);
        if (end < endsAt) expect(end - Math.max(startsAt, now)).toBeLessThanOrEqual(length);
      }),
    );
  });
});

describe("examples", () => {
  const rule = { slotMinutes: 60, windowHours: 24 };
  const now = SLOT + 24 * 60_000;
  const session = { endsAt: SLOT + 2 * HOUR, resources: { cores: 4, memoryGiB: 16, gpus: 0 } };
  const busy = (hours: readonly number[], closed: readonly number[] = []) =>
    slotsIn(rule, bookingWindow(rule, now)).map((start, hour): SlotCapacity => {
      const used = hours.includes(hour) ? { ...none, cores: 5 } : none;
      const entry = { used: none, limit };
      const accounts = { platform: { used, limit }, project: entry, user: entry };
      return { start, closed: closed.includes(hour) ? "maintenance" : null, accounts };
    });
  const longest = (slots: readonly SlotCapacity[], hoursLeft: Parameters<typeof longestExtension>[3] = unlimited) =>
    longestExtension(session, rule, slots, hoursLeft, now);

  test("in an empty window a session that ends at 15:00 can go on until the window ends at 13:00", () => {
    expect(longest(busy([]))).toBe(22);
  });

  test("free slots beyond the window do not count", () => {
    const tomorrow = busy([]).map((slot) => ({ ...slot, start: slot.start + 24 * HOUR }));
    expect(longest([...busy([]), ...tomorrow])).toBe(22);
  });

  test("it can go on until somebody else has the cores, whatever is free after that", () => {
    expect(longest(busy([1, 5]))).toBe(3);
    expect(longest(busy([2]))).toBe(0);
  });

  test("it can go on until maintenance begins", () => {
    expect(longest(busy([], [4]))).toBe(2);
  });

  test("with 10 core-hours left, 4 cores can go on for 2 hours", () => {
    expect(longest(busy([]), { cores: 10, gpus: null })).toBe(2);
    expect(longest(busy([]), { cores: 0, gpus: null })).toBe(0);
    expect(longest(busy([]), { cores: -3, gpus: null })).toBe(0);
  });

  test("GPU-hours that are used up do not stop a session without a GPU", () => {
    expect(longest(busy([]), { cores: null, gpus: 0 })).toBe(22);
  });

  test("of 5 core-hours, ten slots of 20 minutes leave exactly five more, though thirds do not add up exactly", () => {
    const short = { slotMinutes: 20, windowHours: 24 };
    const entry = { used: none, limit };
    const accounts = { platform: entry, project: entry, user: entry };
    const slots = slotsIn(short, bookingWindow(short, now)).map((start) => ({ start, closed: null, accounts }));
    const used = Array.from({ length: 10 }, () => 20 / 60).reduce((sum, hours) => sum + hours);
    expect(5 - used).toBeLessThan(5 / 3);
    const oneCore = { endsAt: SLOT + HOUR, resources: { cores: 1, memoryGiB: 1, gpus: 0 } };
    expect(longestExtension(oneCore, short, slots, { cores: 5 - used, gpus: null }, now)).toBe(5);
  });

  test("a session that is over cannot be extended", () => {
    expect(longestExtension({ ...session, endsAt: SLOT }, rule, busy([]), unlimited, now)).toBe(0);
  });

  test("a run of 13:24 until 17:00 can end at 14:00; at 15:10 it can end at 16:00; one still to come, after its first hour", () => {
    const run = { startsAt: now, slotsFrom: SLOT, endsAt: SLOT + 4 * HOUR };
    expect(shortestEnd(run, rule, now)).toBe(SLOT + HOUR);
    expect(shortestEnd(run, rule, SLOT + 2 * HOUR + 600_000)).toBe(SLOT + 3 * HOUR);
    const toCome = { startsAt: SLOT + 5 * HOUR, slotsFrom: SLOT + 5 * HOUR, endsAt: SLOT + 8 * HOUR };
    expect(shortestEnd(toCome, rule, now)).toBe(SLOT + 6 * HOUR);
  });

  test("in its last slot there is nothing to shorten", () => {
    const run = { startsAt: SLOT, slotsFrom: SLOT, endsAt: SLOT + 2 * HOUR };
    expect(shortestEnd(run, rule, SLOT + HOUR)).toBe(run.endsAt);
  });
});
