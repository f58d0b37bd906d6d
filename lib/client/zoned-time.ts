import { Temporal } from "temporal-polyfill";
import type { Millis } from "#lib/booking/slot.ts";

/**
 * How a time reads on screen. The only file that knows zones and calendars.
 *
 * Names of days and months are our own: the server's and the browser's ICU may differ ("Sep", "Sept"), and then React
 * would find another text than the server sent.
 */

/** The zone times are shown in, and the one that stands beside it; null when there is nothing to add. */
export interface Zones {
  readonly shown: string;
  readonly beside: string | null;
}

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (value: number) => String(value).padStart(2, "0");

export const zonedTime = (at: Millis, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);

/** Whether `zone` is a zone this runtime knows; anything may stand in a cookie. */
export function isZone(zone: string): boolean {
  try {
    zonedTime(0, zone);
    return /^[A-Za-z][\w+\-/]*$/.test(zone);
  } catch {
    return false;
  }
}

/** Zones that are UTC under another name. */
export const isUtc = (zone: string): boolean => /^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal|Greenwich)$/i.test(zone);

/** The zone as people say it: "Toronto" for America/Toronto, "UTC" for Etc/UTC. */
export function zoneName(zone: string): string {
  if (isUtc(zone)) return "UTC";
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** "14:00" */
export function clock(at: Millis, zone: string): string {
  const time = zonedTime(at, zone);
  return `${two(time.hour)}:${two(time.minute)}`;
}

/** "14:00:05" */
export const clockWithSeconds = (at: Millis, zone: string): string =>
  `${clock(at, zone)}:${two(zonedTime(at, zone).second)}`;

/** "Thu 26 Nov" */
export function day(at: Millis, zone: string): string {
  const date = zonedTime(at, zone);
  return `${weekday(at, zone)} ${date.day} ${months[date.month - 1]}`;
}

const weekday = (at: Millis, zone: string) => days[zonedTime(at, zone).dayOfWeek - 1];

/** Whether both times lie on one day of that zone. */
export const sameDay = (a: Millis, b: Millis, zone: string): boolean => day(a, zone) === day(b, zone);

/** " Wed" when that day of `zone` is another one than the day of `than`; nothing otherwise. */
export const otherDay = (at: Millis, than: Millis, zone: string, thanZone = zone): string =>
  weekday(at, zone) === weekday(than, thanZone) ? "" : ` ${weekday(at, zone)}`;

/** "15:00", and "15:00 Wed" when that is another day than `from`. */
export const clockFrom = (from: Millis, at: Millis, zone: string): string =>
  `${clock(at, zone)}${otherDay(at, from, zone)}`;

/** "14:00–15:00", and "19:00–15:00 Wed" when it ends on another day. */
export const clockSpan = (start: Millis, end: Millis, zone: string): string =>
  `${clock(start, zone)}–${clockFrom(start, end, zone)}`;

/**
 * The span in the zone beside; null when there is none. Its weekday is said when the span lies on another day there,
 * "01:00–02:00 UTC Fri", and each day where it has two: "22:00–01:00 Wed UTC", "Wed 22:00–01:00 Thu UTC".
 */
export function spanBeside(start: Millis, end: Millis, { shown, beside }: Zones): string | null {
  if (beside === null) return null;
  const other = otherDay(start, start, beside, shown);
  const span = clockSpan(start, end, beside);
  if (otherDay(end, start, beside) === "") return `${span} ${zoneName(beside)}${other}`;
  return `${other} ${span} ${zoneName(beside)}`.trim();
}

/** "14:00–15:00 Toronto" */
export const spanShown = (start: Millis, end: Millis, { shown }: Zones): string =>
  `${clockSpan(start, end, shown)} ${zoneName(shown)}`;

/** "Tue 24 Nov 14:00–15:00 Toronto", the first half of a promise. */
export const daySpan = (start: Millis, end: Millis, zones: Zones): string =>
  `${day(start, zones.shown)} ${spanShown(start, end, zones)}`;

/** The time in the zone beside, with its weekday when that differs: "19:00 UTC", "00:00 UTC Wed"; null when none. */
export const clockBeside = (at: Millis, { shown, beside }: Zones): string | null =>
  beside === null ? null : `${clock(at, beside)} ${zoneName(beside)}${otherDay(at, at, beside, shown)}`;

/** "14:00 Toronto (19:00 UTC)" */
export function clockInBoth(at: Millis, zones: Zones): string {
  const here = `${clock(at, zones.shown)} ${zoneName(zones.shown)}`;
  const there = clockBeside(at, zones);
  return there === null ? here : `${here} (${there})`;
}

/** "Tue 24 Nov 22:00 Toronto (03:00 UTC Wed)" */
export const dayAndClock = (at: Millis, zones: Zones): string => `${day(at, zones.shown)} ${clockInBoth(at, zones)}`;

/** "2026-11-25": the date in that zone, as a date field has it. */
export const dateIn = (at: Millis, zone: string): string => zonedTime(at, zone).toPlainDate().toString();

/** The last moment of a date of that zone; null for what is no date. */
export function endOfDate(date: string, zone: string): Millis | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  try {
    return (
      Temporal.PlainDate.from(date, { overflow: "reject" }).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1
    );
  } catch {
    return null;
  }
}

/** "night" till 6, "morning" till 12, "afternoon" till 18, "evening". */
export function partOfDay(at: Millis, zone: string): "night" | "morning" | "afternoon" | "evening" {
  const hour = zonedTime(at, zone).hour;
  if (hour < 6) return "night";
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}

/** "2026-11-24T14:00": the time in that zone as a field of type datetime-local writes it. */
export const localText = (at: Millis, zone: string): string =>
  zonedTime(at, zone).toPlainDateTime().toString({ smallestUnit: "minute" });

/** The time that a field of type datetime-local means in that zone; null when it is none. A time that does not exist
 * there, or exists twice, is read as the calendars of phones do: forward, and the first. */
export function readLocalText(text: string, zone: string): Millis | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
