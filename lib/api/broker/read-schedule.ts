import type { Result } from "#lib/booking/refusal.ts";
import { readDuration } from "../iso8601/read-duration.ts";
import { readInterval } from "../iso8601/read-interval.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import { mergedWindows, type Window } from "./merged-windows.ts";

/** When and how long: null where the request leaves it to the platform. */
export interface WishedSchedule {
  readonly durationMs: number | null;
  /** No offer may be longer; null: any. */
  readonly mostMs: number | null;
  /** The spans in which it may start, in any of them; null: as soon as it can be had. */
  readonly windows: readonly Window[] | null;
}

/** Reads the requested schedule; what is no duration or no interval is an error that says why, and so answered with NO. */
export function readSchedule(
  schedule: StandardRequest["schedule"],
): WishedSchedule & { readonly messages: readonly Message[] } {
  const { duration, start, windows, maxDuration } = schedule?.requested ?? {};
  const messages: Message[] = [];
  const read = <T>(path: string, value: string, reader: (text: string) => Result<T, string>): T | null => {
    const result = reader(value);
    if (result.ok) return result.value;
    messages.push(syntax(path, value, result.error));
    return null;
  };
  const at = "/schedule/requested";
  const durationMs = duration === undefined ? null : read(`${at}/duration`, duration, readDuration);
  const mostMs = maxDuration === undefined ? null : read(`${at}/duration/max`, maxDuration, readDuration);
  const starts = windows ?? (start === undefined ? [] : [start]);
  const spans = starts.map((text) => read(`${at}/start`, text, readInterval)).filter((span) => span !== null);
  const merged = mergedWindows(spans);
  if (merged.length > MOST_WINDOWS) messages.push(tooManyWindows(merged.length));
  if (duration === undefined) messages.push(defaultDuration);
  if (starts.length === 0) messages.push(defaultStart);
  return { durationMs, mostMs, windows: starts.length === 0 ? null : merged.slice(0, MOST_WINDOWS), messages };
}

/** Each window is asked for by itself, so that there cannot be any number of them. */
const MOST_WINDOWS = 24;

const tooManyWindows = (count: number): Message => ({
  kind: "urn:resource-limit",
  level: "ERROR",
  template: "The request has {count} separate windows to start in ({path}); {most} are the most.",
  values: { path: "/schedule/requested/start", count: String(count), most: String(MOST_WINDOWS) },
});

const syntax = (path: string, value: string, why: string): Message => ({
  kind: "urn:input-syntax-fail",
  level: "ERROR",
  template: "{path}: “{value}” cannot be read. {why}",
  values: { path, value: shown(value), why: shown(why) },
});

const defaultDuration: Message = {
  kind: "urn:default-used",
  level: "INFO",
  template: "The request does not say for how long ({path}), so it is one slot of the platform.",
  values: { path: "/schedule/requested/duration" },
};

const defaultStart: Message = {
  kind: "urn:default-used",
  level: "INFO",
  template: "The request does not say when it may start ({path}), so it is as soon as it can be had.",
  values: { path: "/schedule/requested/start" },
};
