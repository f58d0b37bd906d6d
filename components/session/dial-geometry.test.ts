import { expect, test } from "vitest";
import { dialFace, dialPoint, dialSpan, dialTicks, ringArc } from "./dial-geometry.ts";

const minute = 60_000;
const end = Date.parse("2026-11-24T20:00:00Z");
const hour = { start: end - 60 * minute, end };
const now = { start: end - 20 * minute, end };

test("minute 0 is on top and time runs clockwise", () => {
  expect(dialPoint(0, 76)).toEqual({ x: 100, y: 24 });
  expect(dialPoint(0.25, 76)).toEqual({ x: 176, y: 100 });
  expect(dialPoint(0.5, 76)).toEqual({ x: 100, y: 176 });
});

test("a booking that began within the hour still shows the whole hour", () => {
  expect(dialSpan(now, 60, end - 10 * minute)).toEqual(hour);
});

test("for longer bookings, and for slots that are no hours, the circle is the booking", () => {
  const long = { start: end - 180 * minute, end };
  expect(dialSpan(long, 60, end - 10 * minute)).toEqual(long);
  expect(dialSpan(now, 5, end - 10 * minute)).toEqual(now);
});

test("before the start the circle is the hour that leads to it", () => {
  expect(dialSpan(hour, 60, hour.start - 90 * minute)).toEqual({ start: hour.start - 60 * minute, end: hour.start });
});

test("what is left runs from the hand to the end", () => {
  const face = dialFace(hour, [end - 10 * minute, end - 2 * minute], end - 15 * minute);
  expect(face.left).toBe("M24 100A76 76 0 0 1 100 24");
  expect(face.gaps.match(/M/g)).toHaveLength(2);
});

test("warnings that are over cut nothing, and at the end nothing is left", () => {
  expect(dialFace(hour, [end - 10 * minute, end - 2 * minute], end - 5 * minute).gaps.match(/M/g)).toHaveLength(1);
  expect(dialFace(hour, [end - 10 * minute], end + minute)).toMatchObject({ left: null, gaps: "" });
});

test("a whole circle is drawn as two arcs, and more than half takes the long way", () => {
  expect(ringArc(0, 1).match(/A/g)).toHaveLength(2);
  expect(ringArc(0.25, 1)).toContain("0 1 1");
  expect(dialTicks.match(/M/g)).toHaveLength(60);
});

test("an extended hour is drawn to its new end", () => {
  const start = Date.parse("2026-11-24T19:00:00Z");
  const hour = 3_600_000;
  const before = { start, end: start + hour };
  expect(dialSpan(before, 60, start + hour / 2)).toEqual(before);
  const extended = { start, end: start + 2 * hour };
  expect(dialSpan(extended, 60, start + hour / 2)).toEqual(extended);
});
