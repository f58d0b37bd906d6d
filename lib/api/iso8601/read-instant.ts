import { Temporal } from "temporal-polyfill";
import { type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";

const shape = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** What people write instead, and what to tell them; the first that fits is told. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/W/, "Week dates are not read: write the date as 2026-08-14."],
  [/^\d{8}|T\d{4}/, "The short format is not read: write 2026-08-14T11:30:00Z, with “-” and “:”."],
  [/\d[+-]\d{4}$/, "The offset of a zone is written with a colon, such as +01:00."],
  [/^\d{4}-\d{2}-\d{2}T[\d:.]+$/, "A time needs its zone: “Z” for UTC, or an offset such as +01:00."],
];

const general = "That is not an ISO 8601 time, such as 2026-08-14T11:30:00Z.";

/**
 * Reads a time with seconds and a zone, down to the millisecond (the rest is cut off). Refuses, with the reason, a day that
 * the calendar does not have and whatever is written another way (4.1 of the contract).
 */
export function readInstant(text: string): Result<Millis, string> {
  const at = readTime(text);
  if (at.ok && shape.exec(text)?.[4] === undefined) return refused("A time needs its seconds here.");
  return at;
}

/** As `readInstant`, and the seconds may be missing. */
export function readTime(text: string): Result<Millis, string> {
  const match = shape.exec(text);
  if (match === null) return refused(mistakes.find(([written]) => written.test(text))?.[1] ?? general);
  const [, date = "", hour = "", minute = "", second = "00", fraction = "", zone = ""] = match;
  const midnight = readDate(date);
  if (!midnight.ok) return midnight;
  if (hour === "24") return refused("A day ends at 00:00 of the next one: 24:00 is not read.");
  const [offsetHour = "00", offsetMinute = "00"] = zone === "Z" ? [] : zone.slice(1).split(":");
  if (Math.max(Number(hour), Number(offsetHour)) > 23) return refused("An hour is at most 23.");
  if (Math.max(Number(minute), Number(second), Number(offsetMinute)) > 59) {
    return refused("Minutes and seconds are at most 59.");
  }
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000 * (zone.startsWith("-") ? -1 : 1);
  const timeOfDay = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  return withinYears(midnight.value + timeOfDay + Number(fraction.slice(1, 4).padEnd(3, "0")) - offset);
}

/** Reads a date such as 2026-08-14 as its midnight in UTC. */
export function readDate(date: string): Result<Millis, string> {
  try {
    const day = Temporal.PlainDate.from(date, { overflow: "reject" });
    return yes(day.toZonedDateTime("UTC").epochMilliseconds);
  } catch {
    return refused("The calendar has no such day.");
  }
}

const FIRST = Date.parse("0000-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");

/** Only years that four digits can write. */
export const withinYears = (at: number): Result<Millis, string> =>
  at >= FIRST && at <= LAST ? yes(at) : refused("Only the years 0000 to 9999 can be written.");

const refused = (error: string): Result<never, string> => ({ ok: false, error });
