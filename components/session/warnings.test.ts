import { expect, test } from "vitest";
import { warningAt, warningsOf } from "./warnings.ts";

const minute = 60_000;
const hour = { start: 0, end: 60 * minute };

test("an hour is warned of 10 and 2 minutes before its end", () => {
  expect(warningsOf(hour).map(({ at }) => at / minute)).toEqual([50, 58]);
  expect([49, 50, 57, 58, 59.9, 60].map((at) => warningAt(hour, at * minute))).toEqual([null, 10, 10, 2, 2, null]);
});

test("a slot of five minutes has one warning, one of a minute none", () => {
  expect(warningsOf({ start: 0, end: 5 * minute }).map(({ minutes }) => minutes)).toEqual([2]);
  expect(warningsOf({ start: 0, end: minute })).toEqual([]);
});
