import { expect, test } from "vitest";
import { pollInterval } from "./poll-interval.ts";

test("a page asks again right after the next turn of a slot", () => {
  expect(pollInterval(1_000, [500, 9_000, 20_000], null)).toBe(8_300);
});

test("without the line for events it asks at least as often as told", () => {
  expect(pollInterval(1_000, [90_000], 15_000)).toBe(15_000);
  expect(pollInterval(1_000, [], 15_000)).toBe(15_000);
});

test("with nothing to come it does not ask, and never in a rush", () => {
  expect(pollInterval(1_000, [10], null)).toBe(false);
  expect(pollInterval(1_000, [999], null)).toBe(500);
});
