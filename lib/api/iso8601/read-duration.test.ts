import fc from "fast-check";
import { expect, test } from "vitest";
import { readDuration } from "./read-duration.ts";
import { writeDuration } from "./write-time.ts";

const HOUR = 3_600_000;

test.each([
  ["PT1H", HOUR],
  ["PT90M", 1.5 * HOUR],
  ["P1DT2H", 26 * HOUR],
  ["P1W", 7 * 24 * HOUR],
  ["PT1.5S", 1500],
  ["PT1.005S", 1005],
  ["PT0.0005S", 0.5],
  ["P0DT45S", 45_000],
  ["P0Y0MT1H", HOUR],
])("%s is a duration", (text, value) => {
  expect(readDuration(text)).toEqual({ ok: true, value });
});

test.each([
  ["P1H", "after a “T”"],
  ["P30S", "after a “T”"],
  ["PT0.5H", "Only seconds may have a fraction"],
  ["P0.5D", "Only seconds may have a fraction"],
  ["PT1,5S", "with a point"],
  ["P1W2D", "Weeks stand alone"],
  ["P1D2W", "Weeks stand alone"],
  ["P1WT1H", "Weeks stand alone"],
  ["pt1h", "capital letters"],
  ["PT", "must follow the “T”"],
  ["P1DT", "must follow the “T”"],
  ["P", "needs an amount"],
  ["-PT1H", "no sign"],
  ["+PT1H", "no sign"],
  ["PT0S", "longer than nothing"],
  ["P0D", "longer than nothing"],
  ["P0W", "longer than nothing"],
  ["P1Y", "no fixed length"],
  ["P1M", "no fixed length"],
  ["P1YT1H", "no fixed length"],
  ["PT9007199254740992S", "too long"],
  // Rounded up to hours it was more than can be written: a 500.
  ["PT9007199254740S", "too long"],
  [`PT${"9".repeat(400)}H`, "too long"],
  ["", "not an ISO 8601 duration"],
  ["an hour", "capital letters"],
  ["1H", "not an ISO 8601 duration"],
  [" PT1H", "not an ISO 8601 duration"],
  ["PT1H\n", "not an ISO 8601 duration"],
  ["PT1M1H", "not an ISO 8601 duration"],
  ["PT١H", "not an ISO 8601 duration"],
])("%j is no duration", (text, why) => {
  const read = readDuration(text);
  expect(read.ok).toBe(false);
  expect(!read.ok && read.error).toContain(why);
});

test("a duration that is written is read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8_640_000_000_000 }), (seconds) => {
      expect(readDuration(writeDuration(seconds * 1000))).toEqual({ ok: true, value: seconds * 1000 });
    }),
  );
});

test("any text is read or refused with a sentence", () => {
  const likely = fc.string({ unit: fc.constantFrom(..."PTYMWDHS0123456789.,-"), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(fc.string(), likely), (text) => {
      const read = readDuration(text);
      if (read.ok) expect(read.value).toBeGreaterThan(0);
      else expect(read.error).toMatch(/^[A-Z].*\.$/);
    }),
  );
});
