import { expect, test } from "vitest";
import { closedSpans } from "./closed-spans.ts";

const hour = 3_600_000;
const nothing = { cores: 0, memoryGiB: 0, gpus: 0 };
const slot = (index: number, closed: string | null) => ({
  start: index * hour,
  closed,
  used: nothing,
  limit: nothing,
});

test("slots that are closed one after the other for one reason are one line", () => {
  const slots = [slot(2, "power"), slot(0, "disks"), slot(1, "disks"), slot(3, null), slot(4, "power")];
  expect(closedSpans(slots, hour)).toEqual([
    { start: 0, end: 2 * hour, reason: "disks", slots: 2 },
    { start: 2 * hour, end: 3 * hour, reason: "power", slots: 1 },
    { start: 4 * hour, end: 5 * hour, reason: "power", slots: 1 },
  ]);
});

test("a gap ends a closing, whatever the reason", () => {
  expect(closedSpans([slot(0, "disks"), slot(2, "disks")], hour)).toHaveLength(2);
});
