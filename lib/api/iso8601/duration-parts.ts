import { type Result, yes } from "#lib/booking/refusal.ts";

/** A duration as it was written. Years and months have no fixed length; everything else is counted in `fixedMs`. */
export interface DurationParts {
  readonly years: number;
  readonly months: number;
  /** Weeks, days, hours, minutes and seconds: a UTC day has 24 hours. May have a fraction. */
  readonly fixedMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const weeksOnly = /^P(\d+)W$/;
const dateAndTime = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** What people write instead, and what to tell them; the first that fits is told. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/^[-+]/, "A duration has no sign: it is never negative."],
  [/[a-z]/, "A duration is written in capital letters, such as PT1H."],
  [/,/, "A fraction is written with a point, such as PT1.5S."],
  [/\d\.\d*[YMWDH]/, "Only seconds may have a fraction: write PT30M, not PT0.5H."],
  [/W./, "Weeks stand alone: write P9D, not P1W2D."],
  [/\dW$/, "Weeks stand alone: write P9D, not P1W2D."],
  [/T$/, "Something must follow the “T” of a duration, such as PT1H."],
  [/^P[^T]*[HS]/, "Hours, minutes and seconds come after a “T”: write PT1H, not P1H."],
  [/^P$/, "A duration needs an amount after the “P”, such as PT1H."],
];

const general = "That is not an ISO 8601 duration, such as PT1H or P1DT2H.";

/** Reads what an ISO 8601 duration says, zero included. Refuses, with the reason, whatever is written another way. */
export function durationParts(text: string): Result<DurationParts, string> {
  const weeks = weeksOnly.exec(text);
  if (weeks) return yes({ years: 0, months: 0, fixedMs: Number(weeks[1]) * WEEK });
  const match = dateAndTime.exec(text);
  if (match === null || /[PT]$/.test(text)) return { ok: false, error: whyNot(text) };
  const [years = "0", months = "0", days = "0", hours = "0", minutes = "0", seconds = "0"] = match.slice(1);
  // The decimal point is moved in the text: 1.005 * 1000 is 1004.9999999999999.
  const secondsMs = Number(`${seconds}e3`);
  const fixedMs = Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + secondsMs;
  return yes({ years: Number(years), months: Number(months), fixedMs });
}

const whyNot = (text: string): string => mistakes.find(([written]) => written.test(text))?.[1] ?? general;
