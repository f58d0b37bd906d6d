import fc from "fast-check";
import { expect, test } from "vitest";
import { figuresOf } from "./measured.ts";
import { pairedRatio } from "./paired.ts";

const turn = (perSecond: number, ...took: number[]) => ({ perSecond, took });

test("turns are compared with those beside them: a machine that is half as quick for a while changes nothing", () => {
  expect(pairedRatio([50, 25, 50], [100, 50, 100])).toBe(0.5);
  // The medians, 50 and 80, would say 0.63.
  expect(pairedRatio([50, 25, 80], [100, 50, 80])).toBe(0.5);
  const slowdowns = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(slowdowns, (factors) => {
      const ratio = pairedRatio(
        factors.map((factor) => 300 * factor),
        factors.map((factor) => 400 * factor),
      );
      expect(ratio).toBeCloseTo(0.75, 9);
    }),
  );
});

test("a turn without one beside it is no comparison", () => {
  expect(() => pairedRatio([1, 2], [1])).toThrow(RangeError);
});

test("the fewest sessions are compared with the constant answer, more sessions with the fewest", () => {
  const figures = figuresOf([
    {
      name: "GET /slots",
      constant: [turn(100, 1, 2, 3), turn(200, 1, 2, 9)],
      ours: [
        { sessions: 1_000, turns: [turn(50, 4), turn(100, 4, 6)] },
        { sessions: 100_000, turns: [turn(40, 8), turn(80, 8, 12)] },
      ],
    },
  ]);
  expect(figures.map(({ name, value, against, ratio }) => [name, value, against, ratio])).toEqual([
    ["GET /api/alive", 150, undefined, undefined],
    ["GET /api/alive, p50", 2, undefined, undefined],
    ["GET /api/alive, p99", 9, undefined, undefined],
    ["GET /slots", 75, "GET /api/alive", 0.5],
    ["GET /slots, p50", 4, "GET /api/alive", 2],
    ["GET /slots, p99", 6, "GET /api/alive", 6 / 9],
    ["  100,000 stored", 60, "1,000 stored", 0.8],
    ["  100,000 stored, p50", 8, "1,000 stored", 2],
    ["  100,000 stored, p99", 12, "1,000 stored", 2],
  ]);
});
