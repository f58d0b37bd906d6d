import { shown } from "#lib/api/standard/shown.ts";
import { isObject } from "../media/json-value.ts";
import { move, pour } from "./component.ts";
import { lenientDuration, lenientStart } from "./lenient-time.ts";
import { minAndMax } from "./min-and-max.ts";
import { isOlder, leftOut, mayDiffer, type Notes, rewritten } from "./notes.ts";
import { below, change, close, entries, type Fields, open, type Placed, take } from "./placed.ts";

/**
 * The requested schedule from its older shapes: lists of starts, or of starts with their durations; `executing`; a shortest
 * and a longest duration. What version 1.0 has no field for stands beside it, for us alone: `windows`, all the starts when
 * there are several, of which `start` is the first; and `maxDuration`. Times are read leniently in an older request only.
 */
export function normaliseSchedule(fields: Fields, notes: Notes): void {
  move(fields, "datetime", "schedule", notes);
  change(fields, "schedule", (sent) => {
    if (Array.isArray(sent.value)) {
      rewritten(notes, sent.path, "a list", "schedule/requested");
      return { requested: close(requestedOf(firstOf(sent, notes), notes)) };
    }
    if (!isObject(sent.value)) return sent.value;
    const schedule = open(sent.value, sent.path);
    change(schedule, "requested", (requested) => {
      if (Array.isArray(requested.value)) {
        rewritten(notes, requested.path, "a list", "schedule/requested");
        return close(requestedOf(firstOf(requested, notes), notes));
      }
      if (!isObject(requested.value)) return requested.value;
      const inside = withoutOurs(open(requested.value, requested.path), notes);
      readDatetime(inside, notes);
      return close(requestedOf(inside, notes));
    });
    return close(schedule);
  });
}

/** A list of windows inside the requested schedule is that schedule, beside what else it says. */
function readDatetime(requested: Fields, notes: Notes): void {
  const list = requested.get("datetime");
  if (!Array.isArray(list?.value)) return;
  requested.delete("datetime");
  rewritten(notes, list.path, "datetime", "schedule/requested");
  pour(requested, firstOf(list, notes), "datetime", notes);
}

/** The names of our own fields mean nothing when they come from outside. */
function withoutOurs(requested: Fields, notes: Notes): Fields {
  for (const key of ["windows", "maxDuration"]) {
    const field = take(requested, key);
    if (field === undefined) continue;
    const template = "“{used}” is not part of a requested schedule and was ignored.";
    notes.push({ kind: "urn:unknown-field", level: "WARN", template, values: { path: field.path, used: key } });
  }
  return requested;
}

/** Of a list of {start, duration}: all the starts, and what the first says besides. */
function firstOf(sent: Placed, notes: Notes): Fields {
  const items = entries(sent.value as unknown[], sent.path).map(({ value, path }) =>
    isObject(value) ? withoutOurs(open(value, path), notes) : new Map([["start", { value, path }]]),
  );
  const [first, ...others] = items;
  if (first === undefined) return new Map();
  const duration = shown(first.get("duration")?.value);
  for (const other of others) {
    const its = other.get("duration");
    if (its !== undefined && shown(its.value) !== duration) {
      mayDiffer(notes, its.path, its.value, "all windows have the duration of the first");
    }
  }
  const starts = items.map((item) => item.get("start")).filter((start) => start !== undefined);
  if (others.length > 0) first.set("start", { path: sent.path, value: starts.flatMap(({ value }) => value) });
  return first;
}

function requestedOf(requested: Fields, notes: Notes): Fields {
  const executing = requested.get("executing");
  if (executing !== undefined && isObject(executing.value)) {
    requested.delete("executing");
    leftOut(notes, executing.path, "executing", "its fields stand in schedule/requested now");
    pour(requested, withoutOurs(open(executing.value, executing.path), notes), "executing", notes);
  }
  minAndMax(requested, "duration", notes);
  readDurations(requested, notes);
  readWindows(requested, notes);
  if (isOlder(notes)) readLeniently(requested, notes);
  return requested;
}

function readLeniently(requested: Fields, notes: Notes): void {
  change(requested, "duration", (duration) => lenientDuration(duration, notes));
  change(requested, "maxDuration", (duration) => lenientDuration(duration, notes));
  const windows = requested.get("windows");
  if (windows === undefined || !Array.isArray(windows.value)) {
    change(requested, "start", (start) => lenientStart(start, notes));
    return;
  }
  const starts = entries(windows.value, windows.path).map((start) => lenientStart(start, notes));
  requested.set("windows", { ...windows, value: starts });
  change(requested, "start", () => starts[0]);
}

/** {min, max} is the requested duration, and a cap on what is offered. */
function readDurations(requested: Fields, notes: Notes): void {
  const sent = requested.get("duration");
  if (sent === undefined || !isObject(sent.value)) return;
  const { min, max } = sent.value;
  if (min === undefined && max === undefined) return;
  requested.delete("duration");
  if (min !== undefined) requested.set("duration", { value: min, path: below(sent.path, "min") });
  if (max !== undefined) requested.set("maxDuration", { value: max, path: below(sent.path, "max") });
  rewritten(notes, sent.path, sent.value, "schedule/requested/duration");
}

function readWindows(requested: Fields, notes: Notes): void {
  const sent = requested.get("start");
  if (sent === undefined || !Array.isArray(sent.value)) return;
  const [first, ...others] = sent.value;
  if (first === undefined) {
    requested.delete("start");
    leftOut(notes, sent.path, "a list", "it is empty");
    return;
  }
  requested.set("start", { ...sent, value: first });
  if (others.length === 0) {
    rewritten(notes, sent.path, sent.value, first);
    return;
  }
  requested.set("windows", sent);
  notes.push({
    kind: "urn:deprecated-input",
    level: "INFO",
    template:
      "A list of {used} starts is an older form; there is one “{instead}” now. Offers start in one of the windows.",
    values: { path: sent.path, used: String(sent.value.length), instead: "schedule/requested/start" },
  });
}
