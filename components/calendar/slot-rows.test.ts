import { expect, test } from "vitest";
import { rowLabel, rowsOf } from "./slot-rows.ts";

const start = Date.parse("2026-11-26T18:00:00Z");

test("rows are cut in order, the last may be short", () => {
  expect(rowsOf([1, 2, 3, 4, 5, 6, 7, 8], 6)).toEqual([
    [1, 2, 3, 4, 5, 6],
    [7, 8],
  ]);
});

test("a row that holds midnight names both days", () => {
  const late = start + 10 * 3_600_000;
  expect(rowLabel(late, late + 6 * 3_600_000, "America/Toronto")).toBe("Thu 26 Nov – Fri 27 Nov, night");
});

test("a row of hours is a part of the day, a row of minutes is its span", () => {
  expect(rowLabel(start, start + 6 * 3_600_000, "America/Toronto")).toBe("Thu 26 Nov, afternoon");
  expect(rowLabel(start, start + 6 * 60_000, "America/Toronto")).toBe("Thu 26 Nov, 13:00–13:06 Toronto");
});
