import type { Millis } from "#lib/booking/slot.ts";
import { clockInBoth, day, type Zones, zonedTime } from "#lib/client/zoned-time.ts";

const DAY: Millis = 86_400_000;
const HOUR: Millis = 3_600_000;
const MINUTE: Millis = 60_000;

/** The lifetimes that one can choose from, in days. */
export const lifetimes = [7, 30, 90, 365] as const;

export const lifetimeInWords = (days: number): string => (days === 365 ? "a year" : `${days} days`);

/** "Tue 24 Nov 2026": a token may end in another year. */
export const date = (at: Millis, { shown }: Zones): string => `${day(at, shown)} ${zonedTime(at, shown).year}`;

/** "Tue 24 Nov 2026 14:00 Toronto (19:00 UTC)" */
export const dateAndClock = (at: Millis, zones: Zones): string => `${date(at, zones)} ${clockInBoth(at, zones)}`;

const count = (amount: number, one: string) => `${amount} ${one}${amount === 1 ? "" : "s"}`;

/** "in 89 days", "in 5 hours", "in 1 minute": as near as whole ones come, one at least. */
export function leftInWords(expiresAt: Millis, now: Millis): string {
  const left = expiresAt - now;
  if (left >= 2 * DAY) return `in ${count(Math.round(left / DAY), "day")}`;
  if (left >= 2 * HOUR) return `in ${count(Math.round(left / HOUR), "hour")}`;
  return `in ${count(Math.max(1, Math.round(left / MINUTE)), "minute")}`;
}

/** Whether it is time to think of a new one: less than a week is left. */
export const endsSoon = (expiresAt: Millis, now: Millis): boolean => expiresAt - now < 7 * DAY - HOUR;
