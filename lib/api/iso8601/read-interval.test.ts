import fc from "fast-check";
import { expect, test } from "vitest";
import { readInterval } from "./read-interval.ts";
import { writeInterval } from "./write-time.ts";

test.each([
  ["2026-08-14T11:30:00Z/PT30M", "2026-08-14T11:30:00Z", "2026-08-14T12:00:00Z"],
  ["2026-08-14T11:30:00Z/2026-08-14T12:00:00Z", "2026-08-14T11:30:00Z", "2026-08-14T12:00:00Z"],
  ["2026-08-14T11:30:00+01:00/PT30M", "2026-08-14T10:30:00Z", "2026-08-14T11:00:00Z"],
  ["2026-08-14T11:30+01:00/2026-08-14T11:30-01:00", "2026-08-14T10:30:00Z", "2026-08-14T12:30:00Z"],
  ["2026-08-14T11:30Z/PT30M", "2026-08-14T11:30:00Z", "2026-08-14T12:00:00Z"],
  ["2026-01-31T10:00Z/P1M", "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"],
  ["2024-02-29/P1Y", "2024-02-29T00:00:00Z", "2025-02-28T00:00:00Z"],
  ["2026-01-31T10:00Z/P1Y1M1DT1H", "2026-01-31T10:00:00Z", "2027-03-01T11:00:00Z"],
  // The month is counted in UTC, where this is still April.
  ["2026-05-01T00:30+01:00/P1M", "2026-04-30T23:30:00Z", "2026-05-30T23:30:00Z"],
  ["2026-08-14/P1D", "2026-08-14T00:00:00Z", "2026-08-15T00:00:00Z"],
  ["2026-08-14/2026-08-16", "2026-08-14T00:00:00Z", "2026-08-16T00:00:00Z"],
  ["2026-08-14T11:30Z/2026-08-16", "2026-08-14T11:30:00Z", "2026-08-16T00:00:00Z"],
  ["PT2H/2026-08-14", "2026-08-13T22:00:00Z", "2026-08-14T00:00:00Z"],
  ["P1M/2026-03-31", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"],
  ["2026-08-14/P1W", "2026-08-14T00:00:00Z", "2026-08-21T00:00:00Z"],
  ["2026-08-14T11:30:00Z/PT1.5S", "2026-08-14T11:30:00Z", "2026-08-14T11:30:01.500Z"],
  ["2026-08-14T11:30:00Z/PT0S", "2026-08-14T11:30:00Z", "2026-08-14T11:30:00Z"],
  ["2026-08-14T11:30:00Z/2026-08-14T11:30:00Z", "2026-08-14T11:30:00Z", "2026-08-14T11:30:00Z"],
])("%s is an interval", (text, from, until) => {
  expect(readInterval(text)).toEqual({ ok: true, value: { from: Date.parse(from), until: Date.parse(until) } });
});

test.each([
  ["2026-08-14T11:30Z", "/PT0S"],
  ["2026-08-14T11:30Z/T12:00Z", "in full"],
  ["2026-08-14T11:30Z/12:00Z", "in full"],
  ["2026-08-14/15", "in full"],
  ["2026-08-14/08-15", "in full"],
  ["PT1H", "duration alone"],
  ["R2/2026-08-14T11:30Z/PT1H", "repeats"],
  ["R/2026-08-14T11:30Z/PT1H", "repeats"],
  ["../2026-08-14T11:30Z", "Both ends"],
  ["2026-08-14T11:30Z/..", "Both ends"],
  ["2026-08-14T11:30Z/", "Both ends"],
  ["/2026-08-14T11:30Z", "Both ends"],
  ["2026-08-14T11:30Z--PT1H", "not by “--”"],
  ["2026-08-14--2026-08-15", "not by “--”"],
  ["2026-W33/P1D", "Week dates"],
  ["2026-W33-5T11:30Z/PT1H", "Week dates"],
  ["20260814/P1D", "short format"],
  ["20260814T1130Z/PT1H", "short format"],
  ["2026-08-14T11:30+0100/PT1H", "with a colon"],
  ["2026-08-14T24:00Z/PT1H", "24:00"],
  ["2026-08-14T11:30Z/-PT1H", "never negative"],
  ["-PT1H/2026-08-14T11:30Z", "never negative"],
  ["2026-08-14T11:30Z/PT", "must follow the “T”"],
  ["2026-08-14T11:30Z/P1DT", "must follow the “T”"],
  ["2026-08-14T11:30Z/P1H", "after a “T”"],
  ["2026-08-14T12:00Z/2026-08-14T11:00Z", "ends before it starts"],
  ["2026-02-31/P1D", "no such day"],
  ["2026-02-31T00:00Z/P1D", "no such day"],
  ["2026-08-14/2026-09-31", "no such day"],
  ["2026-08-14T11:30/PT1H", "zone"],
  ["2026-08-14T11:30:00/2026-08-14T12:30:00Z", "zone"],
  ["2026-08-14T11:30Z/2026-08-14T12:30", "zone"],
  ["PT1H/PT2H", "must be a time"],
  ["2026-08-14/P1D/P1D", "two halves"],
  ["9999-12-31/P1D", "0000 to 9999"],
  ["P1D/0000-01-01", "0000 to 9999"],
  [`2026-08-14/P${"9".repeat(30)}Y`, "0000 to 9999"],
  [`PT${"9".repeat(400)}S/2026-08-14`, "0000 to 9999"],
  ["", "alone"],
])("%j is no interval", (text, why) => {
  const read = readInterval(text);
  expect(read.ok).toBe(false);
  expect(!read.ok && read.error).toContain(why);
});

test("an interval that is written is read back", () => {
  const second = fc.integer({ min: 0, max: 253_402_300_799 });
  fc.assert(
    fc.property(second, second, (a, b) => {
      const [from, until] = [Math.min(a, b) * 1000, Math.max(a, b) * 1000];
      expect(readInterval(writeInterval(from, until))).toEqual({ ok: true, value: { from, until } });
    }),
  );
});

test("any text is read as an interval that does not end before it starts, or refused with a sentence", () => {
  const half = fc.constantFrom("2026-08-14", "2026-08-14T11:30Z", "PT1H", "P1M", "-P1D", "..", "", "P1W", "0000-01-01");
  const likely = fc.tuple(half, fc.constantFrom("/", "--", ""), half).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string(), likely), (text) => {
      const read = readInterval(text);
      if (read.ok) expect(read.value.until).toBeGreaterThanOrEqual(read.value.from);
      else expect(read.error).toMatch(/^[A-Z].*\.$/);
    }),
  );
});
