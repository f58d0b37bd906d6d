import fc from "fast-check";
import { expect, test } from "vitest";
import { readInstant } from "./read-instant.ts";
import { writeDuration, writeInstant, writeInterval } from "./write-time.ts";

test("a time is written in UTC, with whole seconds", () => {
  expect(writeInstant(Date.parse("2026-09-01T11:00:00.999+02:00"))).toBe("2026-09-01T09:00:00Z");
  expect(writeInstant(-1)).toBe("1969-12-31T23:59:59Z");
});

test.each([
  [0, "PT0S"],
  [999, "PT0S"],
  [45_000, "PT45S"],
  [90_000, "PT1M30S"],
  [3_600_000, "PT1H"],
  [5_400_000, "PT1H30M"],
  [3_601_000, "PT1H1S"],
  [129_600_000, "PT36H"],
])("%d ms are written as %s", (durationMs, text) => {
  expect(writeDuration(durationMs)).toBe(text);
});

test("an exact start is an interval of no length", () => {
  const at = Date.parse("2026-09-01T09:00:00Z");
  expect(writeInterval(at, at)).toBe("2026-09-01T09:00:00Z/PT0S");
  expect(writeInterval(at, at + 3_600_000)).toBe("2026-09-01T09:00:00Z/PT1H");
  // Both are within the same second.
  expect(writeInterval(at + 100, at + 900)).toBe("2026-09-01T09:00:00Z/PT0S");
});

test("what cannot be written is a mistake of ours", () => {
  for (const durationMs of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(() => writeDuration(durationMs)).toThrow(RangeError);
  }
  for (const at of [Number.NaN, Number.POSITIVE_INFINITY, Date.parse("+010000-01-01T00:00:00Z")]) {
    expect(() => writeInstant(at)).toThrow(RangeError);
  }
  expect(() => writeInterval(2000, 1000)).toThrow(RangeError);
});

test("a time that is written is read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_167_219_200, max: 253_402_300_799 }), (seconds) => {
      expect(readInstant(writeInstant(seconds * 1000))).toEqual({ ok: true, value: seconds * 1000 });
    }),
  );
});
