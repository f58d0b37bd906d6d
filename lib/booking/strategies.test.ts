import { describe, expect, test } from "vitest";
import type { Candidate } from "./candidates.ts";
import { compareOffers } from "./offers.ts";
import type { Room } from "./room.ts";
import { compareSize } from "./size.ts";
import { largest, later, longest, roomiest, soonest } from "./strategies.ts";

const HOUR = 3_600_000;
const wished = { cores: 8, memoryGiB: 32, gpus: 0 };

/** A run that starts at an hour, of so many cores and four times as much memory. */
const run = (hour: number, cores: number, durationSlots: number): Candidate => ({
  span: { start: hour * HOUR, end: (hour + durationSlots) * HOUR },
  startsAt: hour * HOUR,
  endsAt: (hour + durationSlots) * HOUR,
  startsNow: false,
  durationSlots,
  resources: { cores, memoryGiB: 4 * cores, gpus: 0 },
  expiresAt: hour * HOUR,
});
const [small, long, full, fullAgain] = [run(1, 2, 1), run(2, 4, 5), run(7, 8, 1), run(9, 8, 2)];
const fitting = [small, long, full, fullAgain];

describe("of the runs that fit", () => {
  test("the soonest is the first", () => {
    expect(soonest(fitting)).toBe(small);
  });

  test("a later one is the first that is left", () => {
    expect(later(fitting.slice(1))).toBe(long);
  });

  test("the largest is the first of the full wished size", () => {
    expect(largest(fitting, wished)).toBe(full);
  });

  test("without a full one the largest there is", () => {
    expect(largest([small, long], wished)).toBe(long);
  });

  test("the longest has the most slots", () => {
    expect(longest(fitting)).toBe(long);
  });

  test("the roomiest is where the platform has most left in its tightest slot; of equals the earliest", () => {
    const shares = [1, 0.5, 0.9, 0.1, 0.9, 0.9, 0.9, 0.7, 0.2, 0.7, 0.7];
    const rule = { slotMinutes: 60, windowHours: 11 };
    const given: Room["given"] = (size) => size;
    const room: Room = { rule, start: 0, free: [], shares, budgets: { cores: null, gpus: null }, given };
    expect(roomiest(fitting, room)).toBe(full);
  });

  test("of none there is none", () => {
    expect([soonest([]), later([]), largest([], wished), longest([])]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("the larger of two shapes", () => {
  test("is the one whose scarcest share of the wish is greater", () => {
    const halfOfAll = { cores: 4, memoryGiB: 16, gpus: 0 };
    const allMemory = { cores: 3, memoryGiB: 32, gpus: 0 };
    expect(compareSize(halfOfAll, allMemory, wished)).toBeGreaterThan(0);
  });

  test("of equal scarcest shares, the one with more of the rest", () => {
    const more = { cores: 4, memoryGiB: 20, gpus: 0 };
    expect(compareSize(more, { cores: 4, memoryGiB: 16, gpus: 0 }, wished)).toBeGreaterThan(0);
  });

  test("does not depend on what was not asked for", () => {
    expect(compareSize(wished, { ...wished, gpus: 4 }, wished)).toBe(0);
  });
});

test("a set is ranked earliest first, then larger, then longer", () => {
  const sameStart = [run(1, 4, 1), run(1, 8, 1), run(1, 8, 2), run(0, 1, 1)];
  const ranked = [...sameStart].sort(compareOffers(wished));
  expect(ranked).toEqual([run(0, 1, 1), run(1, 8, 2), run(1, 8, 1), run(1, 4, 1)]);
});
