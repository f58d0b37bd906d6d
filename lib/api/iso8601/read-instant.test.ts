import fc from "fast-check";
import { expect, test } from "vitest";
import { readInstant } from "./read-instant.ts";

test.each([
  ["2026-08-14T11:30:00Z", "2026-08-14T11:30:00.000Z"],
  ["2026-08-14T11:30:00.25Z", "2026-08-14T11:30:00.250Z"],
  ["2026-08-14T11:30:00.123456789012Z", "2026-08-14T11:30:00.123Z"],
  ["2026-08-14T11:30:00+01:00", "2026-08-14T10:30:00.000Z"],
  ["2026-08-14T11:30:00-05:30", "2026-08-14T17:00:00.000Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
])("%s is a time", (text, iso) => {
  expect(readInstant(text)).toEqual({ ok: true, value: Date.parse(iso) });
});

test.each([
  ["2026-08-14T11:30Z", "seconds"],
  ["2026-08-14T11:30:00", "zone"],
  ["2026-08-14T10:00:00banana", "not an ISO 8601 time"],
  ["2026-08-14T10:00:001Z", "not an ISO 8601 time"],
  ["2026-13-14T10:00:00Z", "no such day"],
  ["2026-02-31T10:00:00Z", "no such day"],
  ["2026-02-29T10:00:00Z", "no such day"],
  ["2026-08-14T24:00:00Z", "24:00"],
  ["2026-08-14T25:00:00Z", "at most 23"],
  ["2026-08-14T10:60:00Z", "at most 59"],
  ["2026-08-14T10:00:60Z", "at most 59"],
  ["2026-08-14T10:00:00+24:00", "at most 23"],
  ["2026-08-14T10:00:00+0100", "with a colon"],
  ["20260814T100000Z", "short format"],
  ["2026-W33-5T10:00:00Z", "Week dates"],
  ["0000-01-01T00:00:00+01:00", "0000 to 9999"],
  ["9999-12-31T23:59:59-01:00", "0000 to 9999"],
  ["-02026-08-14T10:00:00Z", "not an ISO 8601 time"],
  ["2026-08-14", "not an ISO 8601 time"],
  ["2026-08-14T10:00:00Z ", "not an ISO 8601 time"],
])("%j is no time", (text, why) => {
  const read = readInstant(text);
  expect(read.ok).toBe(false);
  expect(!read.ok && read.error).toContain(why);
});

test("any time of JavaScript's own spelling is read as JavaScript reads it", () => {
  const fourDigits = {
    noInvalidDate: true,
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
  };
  fc.assert(
    fc.property(fc.date(fourDigits), (date) => {
      expect(readInstant(date.toISOString())).toEqual({ ok: true, value: date.getTime() });
    }),
  );
});
