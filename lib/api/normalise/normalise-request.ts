import type { Message } from "#lib/api/standard/message.ts";
import { isObject } from "../media/json-value.ts";
import { kindNow, lift, move } from "./component.ts";
import { copyOf } from "./copy-of.ts";
import { closeCompute, openCompute, singleCompute } from "./normalise-compute.ts";
import { normaliseExecutable } from "./normalise-executable.ts";
import { normaliseResources } from "./normalise-resources.ts";
import { normaliseSchedule } from "./normalise-schedule.ts";
import { isOlder, type Notes } from "./notes.ts";
import { below, change, close, entries, type Fields, open, type Placed, take } from "./placed.ts";

/** A request in the shape of version 1.0. */
export interface NormalisedRequest {
  readonly body: unknown;
  readonly notes: Message[];
  /** Where fields of the request stood that stood elsewhere, in a wrapper or under an older name; left out when none did. */
  readonly places?: ReadonlyMap<string, string>;
}

/**
 * An execution request of any age in the shape of version 1.0, and what was rewritten on the way. A request of version 1.0
 * comes back as it is, without notes; fields that are null are left out. Takes any value, throws for none and changes none.
 * Notes of level ERROR make the answer NO: what was meant cannot be said any more, or never could.
 *
 * Beside version 1.0, for us alone: `meta`, the name and description of the request; `schedule.requested.windows` and
 * `.maxDuration` (see `normaliseSchedule`); `ivoa.obscore.access_estsize`, kB, left where it is. Source: 6 of the contract.
 */
export function normaliseRequest(body: unknown): NormalisedRequest {
  const notes: Notes = [];
  const copy = copyOf(body, notes);
  if (!isObject(copy)) return { body: copy, notes };
  const fields = open(copy, "");
  lift(fields, "request", notes);
  lift(fields, "resources", notes);
  move(fields, "computer", "compute", notes);
  nameIntoMeta(fields);
  for (const key of ["costs", "metrics"]) change(fields, key, (list) => withKindsNow(list, notes));
  const executable = fields.get("executable");
  if (executable !== undefined) fields.set("executable", normaliseExecutable(executable, notes));
  const names = normaliseResources(fields, notes);
  const volumes = take(fields, "volumes");
  const compute = theCompute(fields, volumes, notes);
  const opened = compute === null ? null : openCompute(compute, { volumes, names }, notes);
  const isList = !isObject(fields.get("schedule")?.value);
  normaliseSchedule(fields, notes);
  if (compute !== null && opened !== null) {
    fields.set("compute", { ...compute, value: closeCompute(opened, isOlder(notes), notes) });
  }
  // What was put together from several places has none that a pointer could begin with.
  const scattered = [...(volumes === undefined ? [] : ["compute"]), ...(isList ? ["schedule"] : [])];
  const places = placesOf(fields, scattered);
  return { body: close(fields), notes, ...(places.size === 0 ? {} : { places }) };
}

/** Costs and metrics have a `type` that is no kind, and nothing else of them ever changed. */
function withKindsNow(list: Placed, notes: Notes): unknown {
  if (!Array.isArray(list.value)) return list.value;
  return entries(list.value, list.path).map(({ value, path }) => {
    if (!isObject(value)) return value;
    const item = open(value, path);
    change(item, "kind", (kind) => kindNow(kind, notes));
    return close(item);
  });
}

const placesOf = (fields: Fields, scattered: readonly string[]): Map<string, string> =>
  new Map(
    [...fields].flatMap(([key, { path }]) =>
      path === below("", key) || scattered.includes(key) ? [] : [[key, path] as const],
    ),
  );

/** The compute, or an empty one when there are only volumes to mount; null when there is none. */
function theCompute(fields: Fields, volumes: Placed | undefined, notes: Notes): Placed | null {
  const sent = fields.get("compute");
  const single = sent === undefined ? null : singleCompute(sent, notes);
  if (single !== null) fields.set("compute", single);
  else fields.delete("compute");
  return single ?? (volumes === undefined ? null : { value: {}, path: "/compute" });
}

/** Version 1.0 has no name for a request. It is kept, without a note: it is no older way to say anything. */
function nameIntoMeta(fields: Fields): void {
  const sent = fields.get("meta");
  if (sent !== undefined && !isObject(sent.value)) return;
  const meta = sent === undefined ? new Map() : open(sent.value as Record<string, unknown>, sent.path);
  for (const key of ["name", "description"]) {
    const field = take(fields, key);
    if (field !== undefined && !meta.has(key)) meta.set(key, field);
  }
  if (meta.size > 0) fields.set("meta", { path: "/meta", ...sent, value: close(meta) });
}
