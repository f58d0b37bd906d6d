import { expect, test } from "vitest";
import { holdLeft, lasting, timeLeft } from "./time-left.ts";

test("the clock runs down to nothing and not below", () => {
  expect(timeLeft(35 * 60_000 + 41_000)).toBe("35:41");
  expect(timeLeft(3_941_000)).toBe("1:05:41");
  expect(timeLeft(1)).toBe("0:01");
  expect(timeLeft(0)).toBe("0:00");
  expect(timeLeft(-5000)).toBe("0:00");
});

test("a length is said in the two largest units", () => {
  expect(lasting(40_000)).toBe("40 s");
  expect(lasting(35 * 60_000 + 59_000)).toBe("35 min");
  expect(lasting(80 * 60_000)).toBe("1 h 20 min");
  expect(lasting(3_600_000)).toBe("1 h");
  expect(lasting(51 * 3_600_000)).toBe("2 d 3 h");
});

test("a hold is shown in whole seconds that have begun, and never less than nothing", () => {
  const now = 1_000_000;
  expect(timeLeft(holdLeft(now + 300_900, now))).toBe("5:00");
  expect(timeLeft(holdLeft(now + 900_000, now))).toBe("15:00");
  expect(timeLeft(holdLeft(now + 59_999, now))).toBe("0:59");
  expect(timeLeft(holdLeft(now - 5, now))).toBe("0:00");
});
