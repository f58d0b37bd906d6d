import { expect, test } from "vitest";
import { gridMove } from "./grid-move.ts";

const move = (key: string, index: number, columns = 6, ctrl = false) =>
  gridMove(key, ctrl, { index, count: 24, columns });

test("right and left run through the day and stop at its ends", () => {
  expect(move("ArrowRight", 5)).toBe(6);
  expect(move("ArrowLeft", 6)).toBe(5);
  expect(move("ArrowRight", 23)).toBe(23);
  expect(move("ArrowLeft", 0)).toBe(0);
});

test.each([
  [6, 7, 13],
  [3, 7, 10],
  [1, 7, 8],
])("with %i columns, down goes from %i to %i", (columns, from, to) => {
  expect(move("ArrowDown", from, columns)).toBe(to);
  expect(move("ArrowUp", to, columns)).toBe(from);
});

test("up and down stay where there is no row", () => {
  expect(move("ArrowUp", 3)).toBe(3);
  expect(move("ArrowDown", 20)).toBe(20);
});

test("Home and End mean the row, with Ctrl the whole grid", () => {
  expect(move("Home", 8)).toBe(6);
  expect(move("End", 8)).toBe(11);
  expect(move("Home", 8, 6, true)).toBe(0);
  expect(move("End", 8, 6, true)).toBe(23);
});

test("the last row may be short", () => {
  expect(gridMove("End", false, { index: 6, count: 8, columns: 6 })).toBe(7);
  expect(gridMove("ArrowDown", false, { index: 3, count: 8, columns: 6 })).toBe(3);
});

test("other keys do not move", () => {
  expect(move("a", 3)).toBeNull();
  expect(move("Enter", 3)).toBeNull();
});
