import { Temporal } from "temporal-polyfill";
import { type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { type DurationParts, durationParts } from "./duration-parts.ts";
import { readDate, readTime, withinYears } from "./read-instant.ts";

/** A window of time, both ends in it: a start at exactly one moment has `from` = `until`. */
export interface Interval {
  readonly from: Millis;
  readonly until: Millis;
}

/**
 * Reads an ISO 8601 interval: start/end, start/duration or duration/end. A date alone is its midnight in UTC; years and
 * months are counted on the calendar, in UTC (31 January plus a month is the last day of February). Refuses, with the
 * reason, what ends before it starts and whatever 4.1 of the contract refuses.
 */
export function readInterval(text: string): Result<Interval, string> {
  const [first = "", second, ...more] = text.split("/");
  if (text.startsWith("R")) return refused("An interval that repeats is not read: give one interval.");
  if (text.includes("..")) return refused("Both ends of an interval must be given: “..” is not read.");
  if (text.includes("--")) return refused("The two halves of an interval are separated by “/”, not by “--”.");
  if (second === undefined) {
    return refused(
      isDuration(text)
        ? "A duration alone is no interval: say when it starts, such as 2026-08-14T11:30Z/PT30M."
        : "A time alone is no interval: for exactly that time write it with /PT0S, such as 2026-08-14T11:30Z/PT0S.",
    );
  }
  if (more.length > 0) return refused("An interval has two halves, separated by one “/”.");
  if (isDuration(first) && isDuration(second)) return refused("One half of an interval must be a time.");
  if (isDuration(first)) return between(readEnd(second), durationParts(first), -1);
  if (isDuration(second)) return between(readEnd(first), durationParts(second), 1);
  return fromTo(readEnd(first), readEnd(second));
}

const isDuration = (half: string): boolean => /^[-+]?P/i.test(half);

function readEnd(half: string): Result<Millis, string> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(half)) return readDate(half);
  if (half === "") return refused("Both ends of an interval must be given.");
  if (/^T?\d{2}:\d{2}|^\d{2}(-\d{2})?(T.*)?$/.test(half)) {
    return refused("Both ends of an interval are written in full, each with its date.");
  }
  return readTime(half);
}

function between(
  time: Result<Millis, string>,
  length: Result<DurationParts, string>,
  sign: 1 | -1,
): Result<Interval, string> {
  if (!time.ok) return time;
  if (!length.ok) return length;
  const other = moved(time.value, length.value, sign);
  return sign === 1 ? fromTo(time, other) : fromTo(other, time);
}

function fromTo(from: Result<Millis, string>, until: Result<Millis, string>): Result<Interval, string> {
  if (!from.ok) return from;
  if (!until.ok) return until;
  if (until.value < from.value) return refused("This interval ends before it starts.");
  return yes({ from: from.value, until: until.value });
}

/** Years and months first, then the rest, as ISO 8601 and Temporal add. */
function moved(at: Millis, { years, months, fixedMs }: DurationParts, sign: 1 | -1): Result<Millis, string> {
  try {
    const onCalendar = Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO("UTC")
      .add({ years: sign * years, months: sign * months }).epochMilliseconds;
    return withinYears(Math.trunc(onCalendar + sign * fixedMs));
  } catch (error) {
    if (error instanceof RangeError) return withinYears(sign * Number.POSITIVE_INFINITY);
    throw error;
  }
}

const refused = (error: string): Result<never, string> => ({ ok: false, error });
