import { expect, test } from "vitest";
import { date, dateAndClock, endsSoon, leftInWords, lifetimeInWords } from "./token-words.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 27, 1);
const toronto = { shown: "America/Toronto", beside: "UTC" };

test("a date says its year, in the zone that is shown", () => {
  expect(date(NOW, toronto)).toBe("Thu 26 Nov 2026");
  expect(dateAndClock(NOW + 90 * DAY, toronto)).toBe("Wed 24 Feb 2027 20:00 Toronto (01:00 UTC Thu)");
});

test.each([
  [90 * DAY, "in 90 days"],
  [2 * DAY, "in 2 days"],
  [7 * DAY - 5000, "in 7 days"],
  [2 * DAY - 1, "in 48 hours"],
  [2 * 3_600_000 - 1, "in 120 minutes"],
  [1, "in 1 minute"],
])("%d ms are left: %s", (left, words) => {
  expect(leftInWords(NOW + left, NOW)).toBe(words);
});

test("one that has just been made for a week does not end soon yet, a day later it does", () => {
  expect(endsSoon(NOW + 7 * DAY, NOW)).toBe(false);
  expect(endsSoon(NOW + 6 * DAY, NOW)).toBe(true);
});

test("lifetimes are said as people say them", () => {
  expect([7, 365].map(lifetimeInWords)).toEqual(["7 days", "a year"]);
});
