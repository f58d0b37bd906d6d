import { expect, test } from "vitest";
import { stepped, steppedAmong } from "./stepped.ts";

test("steps stay between the least and the most, whatever was typed", () => {
  expect(stepped("4", 1, 1, 8)).toBe("5");
  expect(stepped("8", 1, 1, 8)).toBe("8");
  expect(stepped("1", -1, 1, 8)).toBe("1");
  expect(stepped("abc", 1, 1, 8)).toBe("1");
  expect(stepped("900", -1, 1, 8)).toBe("8");
});

test("steps go from one amount that is given to the next, whatever was typed", () => {
  const amounts = [1, 2, 4, 8];
  expect(steppedAmong("2", 1, amounts)).toBe("4");
  expect(steppedAmong("4", -1, amounts)).toBe("2");
  expect(steppedAmong("5", 1, amounts)).toBe("8");
  expect(steppedAmong("5", -1, amounts)).toBe("4");
  expect(steppedAmong("8", 1, amounts)).toBe("8");
  expect(steppedAmong("99", -1, amounts)).toBe("8");
  expect(steppedAmong("1", -1, amounts)).toBe("1");
  expect(steppedAmong("four", 1, amounts)).toBe("1");
  expect(steppedAmong("4", 1, [])).toBe("4");
});
