import { type Result, yes } from "#lib/booking/refusal.ts";
import { durationParts } from "./duration-parts.ts";

/** As long as the times of ECMAScript go; rounded up to whole slots it can still be written. */
const LONGEST = 8.64e15;

/**
 * Reads an ISO 8601 duration of a fixed length, such as PT1H, P1DT2H, P1W or PT1.5S, as milliseconds, more than 0 and
 * perhaps with a fraction. Refuses, with the reason: years and months, whose length depends on the date; nothing (PT0S);
 * and whatever is written another way (4.1 of the contract).
 */
export function readDuration(text: string): Result<number, string> {
  const parts = durationParts(text);
  if (!parts.ok) return parts;
  const { years, months, fixedMs } = parts.value;
  if (years > 0 || months > 0) return refused("Years and months have no fixed length: say it in days or hours.");
  if (fixedMs === 0) return refused("A duration must be longer than nothing.");
  if (fixedMs > LONGEST) return refused("That duration is too long to reckon with.");
  return yes(fixedMs);
}

const refused = (error: string): Result<never, string> => ({ ok: false, error });
