import { expect, test } from "vitest";
import { dayRuns, slotLabel } from "./slot-labels.ts";

const hour = 3_600_000;
const slots = Array.from({ length: 24 }, (_, index) => ({
  start: Date.parse("2026-11-24T19:00:00Z") + index * hour,
}));

test("the window's days are those of the viewer's zone", () => {
  expect(dayRuns(slots, "America/Toronto").map(({ length }) => length)).toEqual([10, 14]);
  expect(dayRuns(slots, "UTC").map(({ length }) => length)).toEqual([5, 19]);
});

test("a whole hour is short, others say their minutes", () => {
  const start = slots[0]?.start ?? 0;
  expect(slotLabel(start, "America/Toronto")).toBe("14");
  expect(slotLabel(start, "Asia/Kathmandu")).toBe("00:45");
});
