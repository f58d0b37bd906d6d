import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedWindows } from "./merged-windows.ts";

test("windows that overlap or touch are one, in the order in which they were named", () => {
  expect(
    mergedWindows([
      { from: 50, until: 60 },
      { from: 0, until: 10 },
      { from: 10, until: 20 },
      { from: 55, until: 58 },
      { from: 50, until: 60 },
    ]),
  ).toEqual([
    { from: 50, until: 60 },
    { from: 0, until: 20 },
  ]);
});

test("two exact starts stay two, and twice the same is one", () => {
  const [a, b] = [
    { from: 1, until: 1 },
    { from: 2, until: 2 },
  ];
  expect(mergedWindows([b, a, b])).toEqual([b, a]);
});

test("the times are the same afterwards", () => {
  const window = fc.tuple(fc.nat(30), fc.nat(5)).map(([from, length]) => ({ from, until: from + length }));
  const times = (all: readonly { from: number; until: number }[]) =>
    Array.from({ length: 40 }, (_, at) => all.some(({ from, until }) => from <= at && at <= until));
  fc.assert(
    fc.property(fc.array(window), (all) => {
      expect(times(mergedWindows(all))).toEqual(times(all));
    }),
  );
});
