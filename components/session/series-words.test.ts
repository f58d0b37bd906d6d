import { expect, test } from "vitest";
import { seriesWords } from "./series-words.ts";

const zones = { shown: "America/Toronto", beside: "UTC" };
const nextAt = Date.parse("2026-11-27T02:00:00Z");

test("a repetition says its time in UTC, in which it is counted, and when it is next", () => {
  expect(seriesWords({ every: "day", nextAt }, zones)).toBe(
    "Repeats every day at 02:00 UTC, next Thu 26 Nov 21:00 Toronto (02:00 UTC Fri).",
  );
  expect(seriesWords({ every: "week", nextAt }, { shown: "UTC", beside: null })).toBe(
    "Repeats every week, Fri at 02:00 UTC, next Fri 27 Nov 02:00 UTC.",
  );
});

test("one that has ended says so", () => {
  expect(seriesWords({ every: "week", nextAt: null }, zones)).toBe("It was repeated every week; no more is booked.");
});
