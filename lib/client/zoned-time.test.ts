import { expect, test } from "vitest";
import {
  clock,
  clockBeside,
  clockFrom,
  clockInBoth,
  clockSpan,
  clockWithSeconds,
  dateIn,
  day,
  dayAndClock,
  daySpan,
  endOfDate,
  isUtc,
  isZone,
  localText,
  partOfDay,
  readLocalText,
  spanBeside,
  zoneName,
} from "./zoned-time.ts";

const at = (iso: string) => Date.parse(iso);
const toronto = { shown: "America/Toronto", beside: "UTC" };
const hour = 3_600_000;

test("a time reads the same wherever the test runs", () => {
  expect(clock(at("2026-11-26T18:24:09Z"), "America/Toronto")).toBe("13:24");
  expect(clockWithSeconds(at("2026-11-26T18:24:09Z"), "Asia/Kathmandu")).toBe("00:09:09");
  expect(day(at("2026-11-26T18:24:09Z"), "Asia/Kathmandu")).toBe("Fri 27 Nov");
});

test("a promise names its zone and stands beside the other one", () => {
  const start = at("2026-11-24T19:00:00Z");
  expect(daySpan(start, start + hour, toronto)).toBe("Tue 24 Nov 14:00–15:00 Toronto");
  expect(spanBeside(start, start + hour, toronto)).toBe("19:00–20:00 UTC");
  expect(clockInBoth(start, toronto)).toBe("14:00 Toronto (19:00 UTC)");
});

test("the other zone says its weekday when it is another one", () => {
  const start = at("2026-11-27T01:00:00Z");
  expect(spanBeside(start, start + hour, toronto)).toBe("01:00–02:00 UTC Fri");
});

test("a run that ends on another day names it", () => {
  const start = at("2026-11-25T00:00:00Z");
  const end = start + 20 * hour;
  expect(clockSpan(start, end, "America/Toronto")).toBe("19:00–15:00 Wed");
  expect(daySpan(start, end, toronto)).toBe("Tue 24 Nov 19:00–15:00 Wed Toronto");
  expect(spanBeside(start, end, toronto)).toBe("00:00–20:00 UTC Wed");
  expect(clockFrom(start, end, "America/Toronto")).toBe("15:00 Wed");
  expect(clockFrom(start, start + hour, "America/Toronto")).toBe("20:00");
});

test("in the zone beside, each day of a run over midnight is clear", () => {
  const start = at("2026-11-24T22:00:00Z");
  expect(spanBeside(start, start + 3 * hour, toronto)).toBe("22:00–01:00 Wed UTC");
  const late = at("2026-11-26T02:00:00Z");
  expect(spanBeside(late, late + 23 * hour, toronto)).toBe("Thu 02:00–01:00 Fri UTC");
});

test("a single time beside says its weekday when it is another one", () => {
  const midnight = at("2026-11-25T00:00:00Z");
  expect(clockBeside(midnight, toronto)).toBe("00:00 UTC Wed");
  expect(clockBeside(midnight - hour, toronto)).toBe("23:00 UTC");
  expect(clockBeside(midnight, { shown: "UTC", beside: null })).toBeNull();
  expect(dayAndClock(at("2026-11-25T03:00:00Z"), toronto)).toBe("Tue 24 Nov 22:00 Toronto (03:00 UTC Wed)");
});

test("for someone who lives in UTC nothing is said twice", () => {
  const start = at("2026-11-27T01:00:00Z");
  const zones = { shown: "UTC", beside: null };
  expect(spanBeside(start, start + hour, zones)).toBeNull();
  expect(clockInBoth(start, zones)).toBe("01:00 UTC");
});

test("the hour that clocks go back shows twice", () => {
  const first = at("2026-11-01T05:30:00Z");
  expect(clock(first, "America/Toronto")).toBe("01:30");
  expect(clock(first + hour, "America/Toronto")).toBe("01:30");
});

test("zones have the name people use", () => {
  expect(zoneName("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(zoneName("Etc/UTC")).toBe("UTC");
  expect(isUtc("Europe/London")).toBe(false);
});

test("what is no zone is not taken for one", () => {
  expect(isZone("Europe/Berlin")).toBe(true);
  expect(isZone("Mars/Olympus")).toBe(false);
  expect(isZone("")).toBe(false);
  expect(isZone("+02:00")).toBe(false);
});

test("the day has four parts", () => {
  const hours = ["05:59", "06:00", "12:00", "18:00"].map((time) => partOfDay(at(`2026-11-26T${time}Z`), "UTC"));
  expect(hours).toEqual(["night", "morning", "afternoon", "evening"]);
});

test("a field of day and time means the viewer's zone", () => {
  const start = at("2026-11-24T19:00:00Z");
  expect(localText(start, "America/Toronto")).toBe("2026-11-24T14:00");
  expect(readLocalText("2026-11-24T14:00", "America/Toronto")).toBe(start);
  expect(readLocalText("", "America/Toronto")).toBeNull();
  expect(readLocalText("2026-13-01T00:00", "UTC")).toBeNull();
  // The hour that clocks go back: the first of the two. The hour that is left out: an hour later.
  expect(readLocalText("2026-11-01T01:30", "America/Toronto")).toBe(at("2026-11-01T05:30:00Z"));
  expect(readLocalText("2026-03-08T02:30", "America/Toronto")).toBe(at("2026-03-08T07:30:00Z"));
});

test("a date ends at the midnight of its zone, also on the day clocks change", () => {
  expect(dateIn(at("2026-11-25T03:00:00Z"), "America/Toronto")).toBe("2026-11-24");
  expect(endOfDate("2026-11-24", "America/Toronto")).toBe(at("2026-11-25T05:00:00Z") - 1);
  expect(endOfDate("2026-11-01", "America/Toronto")).toBe(at("2026-11-02T05:00:00Z") - 1);
});

test("what is no date has no end", () => {
  for (const text of ["", "2026-02-30", "2026-13-01", "tomorrow", "+012026-01-01"]) {
    expect(endOfDate(text, "UTC"), text).toBeNull();
  }
});
