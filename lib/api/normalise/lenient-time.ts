import { mayDiffer, type Notes, rewritten } from "./notes.ts";
import type { Placed } from "./placed.ts";

const hoursWithoutT = /^P(\d{1,9})H$/;
const timeAlone = /^\d{4}-\d{2}-\d{2}T[^/]{1,40}$/;
const shortEnd =
  /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})\/T?(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?$/;

/** P1H, by mistake in older examples, is PT1H. Everything else is left to those who check it. */
export function lenientDuration({ value, path }: Placed, notes: Notes): unknown {
  const [, hours] = (typeof value === "string" && hoursWithoutT.exec(value)) || [];
  if (hours === undefined) return value;
  mayDiffer(notes, path, value, `it is read as PT${hours}H, which is how hours are written`);
  return `PT${hours}H`;
}

/**
 * A time alone is a start at exactly that time; an end without its date is on the date of the start, in the zone it says or
 * in that of the start. Everything else is left to those who check it.
 */
export function lenientStart({ value, path }: Placed, notes: Notes): unknown {
  if (typeof value !== "string") return value;
  const interval = completed(value);
  if (interval !== value) rewritten(notes, path, value, interval);
  const slash = interval.indexOf("/");
  const end = lenientDuration({ value: interval.slice(slash + 1), path }, notes);
  return slash === -1 ? interval : `${interval.slice(0, slash)}/${end}`;
}

function completed(text: string): string {
  if (timeAlone.test(text)) return `${text}/PT0S`;
  const [, date, from, zone, until, itsZone = zone] = shortEnd.exec(text) ?? [];
  return date === undefined ? text : `${date}${from}${zone}/${date}T${until}${itsZone}`;
}
