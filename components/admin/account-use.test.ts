import { expect, test } from "vitest";
import { busiest, hoursOf, windowSlots } from "./account-use.ts";

const now = Date.parse("2026-11-24T19:24:00Z");
const hour = 3_600_000;
const running = Date.parse("2026-11-24T19:00:00Z");
const limit = { cores: 4, memoryGiB: 16, gpus: 1 };
const rule = { slotMinutes: 60, windowHours: 4 };
const slot = (index: number, cores: number, memoryGiB = 0, gpus = 0) => ({
  start: running + index * hour,
  closed: null,
  limit,
  used: { cores, memoryGiB, gpus },
});

test("the window begins with the running slot, and what nobody uses is in it", () => {
  const slots = windowSlots({ slots: [slot(2, 3)] }, rule, now);
  expect(slots.map(({ used }) => used.cores)).toEqual([0, 0, 3, 0]);
  expect(slots[0]?.start).toBe(running);
  expect(slots[3]?.end).toBe(running + 4 * hour);
});

test("what lies after the window does not count", () => {
  expect(busiest(windowSlots({ slots: [slot(4, 4)] }, rule, now)).cores).toBe(0);
});

test("each resource has a busiest slot of its own", () => {
  const slots = windowSlots({ slots: [slot(0, 3, 2), slot(1, 1, 8)] }, rule, now);
  expect(busiest(slots)).toEqual({ cores: 3, memoryGiB: 8, gpus: 0 });
});

test("hours are counted over the window, of short slots too", () => {
  expect(hoursOf(windowSlots({ slots: [slot(0, 3), slot(1, 1, 0, 1)] }, rule, now))).toEqual({
    coreHours: 4,
    gpuHours: 1,
  });
  const short = { slotMinutes: 15, windowHours: 1 };
  expect(hoursOf(windowSlots({ slots: [{ ...slot(0, 1), start: running + hour / 4 }] }, short, now))).toEqual({
    coreHours: 0.3,
    gpuHours: 0,
  });
});
