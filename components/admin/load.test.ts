import { expect, test } from "vitest";
import { loadOf, percentText } from "./load.ts";

test("a slot is full only when nothing is left, and empty only when nothing is used", () => {
  expect(loadOf(0, 48)).toEqual({ percent: 0, level: "h0" });
  expect(loadOf(1, 1000)).toEqual({ percent: 1, level: "h0" });
  expect(loadOf(999, 1000)).toEqual({ percent: 99, level: "h4" });
  expect(loadOf(48, 48)).toEqual({ percent: 100, level: "full" });
});

test("each fifth of the limit has its step", () => {
  const levels = [19, 20, 40, 60, 80].map((used) => loadOf(used, 100)?.level);
  expect(levels).toEqual(["h0", "h1", "h2", "h3", "h4"]);
});

test("what is honoured above the limit is more than full, however little it is", () => {
  expect(loadOf(2, 1)).toEqual({ percent: 200, level: "over" });
  expect(loadOf(1001, 1000)).toEqual({ percent: 101, level: "over" });
});

test("a platform without GPUs has no load of GPUs, unless some are still promised", () => {
  expect(loadOf(0, 0)).toBeNull();
  const promised = loadOf(1, 0);
  expect(promised?.level).toBe("over");
  expect(promised && percentText(promised)).toBe("over");
});
