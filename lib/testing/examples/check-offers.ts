import { expect } from "vitest";
import { readInterval } from "#lib/api/iso8601/read-interval.ts";
import type { StandardRequest } from "#lib/api/standard/requests.ts";
import type { OfferSetResponse, ScheduledSession } from "#lib/api/standard/sessions.ts";
import type { Millis } from "#lib/booking/slot.ts";

/** What the standard asks of offers beyond their form: R1, R3, R11, R12, and that every reference leads to a part of its own offer, and that no cost or metric is beyond what was allowed. */
export function checkOffers(set: OfferSetResponse, request: StandardRequest, now: Millis): void {
  const offers = (set.offers ?? []) as ScheduledSession[];
  expect(offers.length).toBeGreaterThan(0);
  for (const offer of offers) {
    expect(offer.phase).toBe("OFFERED");
    expect(Date.parse(offer.expires ?? "")).toBeGreaterThan(now);
    checkSize(offer, request);
    checkTime(offer, request, now);
    checkBounds(offer, request);
    checkReferences(offer);
  }
  const all = [set.meta?.uuid, ...offers.flatMap(idsOf)];
  expect(new Set(all).size).toBe(all.length);
}

function checkSize({ compute }: ScheduledSession, request: StandardRequest): void {
  for (const field of ["cores", "memory", "gpus"] as const) {
    const { min = 1, max = Number.POSITIVE_INFINITY } = request.compute?.[field] ?? {};
    const offered = compute?.[field];
    if (field === "gpus" && offered === undefined) continue;
    expect(offered?.min).toBeGreaterThanOrEqual(min);
    expect(offered?.max).toBeLessThanOrEqual(Math.max(max, min));
  }
}

function checkTime({ schedule, expires }: ScheduledSession, request: StandardRequest, now: Millis): void {
  const span = spanOf(schedule?.available?.start);
  expect(span.from).toBeGreaterThanOrEqual(now);
  expect(span.until).toBeGreaterThanOrEqual(Date.parse(expires ?? ""));
  const { start, windows = start === undefined ? [] : [start] } = request.schedule?.requested ?? {};
  if (windows.length === 0) return;
  const within = windows.map(spanOf).some(({ from, until }) => from <= span.from && span.until <= until);
  expect(within, `${schedule?.available?.start} is in none of ${windows.join(", ")}`).toBe(true);
}

/** The most that may be paid, and the least that is needed. */
function checkBounds(offer: ScheduledSession, { costs = [], metrics = [] }: StandardRequest): void {
  for (const cost of costs) {
    const most = "max" in cost ? cost.max : undefined;
    const offered = offer.costs?.find(({ type }) => type === cost.type);
    if (most !== undefined) expect(offered && "max" in offered && offered.max).toBeLessThanOrEqual(most);
  }
  for (const metric of metrics) {
    const least = "min" in metric ? metric.min : undefined;
    const offered = offer.metrics?.find(({ type }) => type === metric.type);
    if (least !== undefined) expect(offered && "min" in offered && offered.min).toBeGreaterThanOrEqual(least);
  }
}

function spanOf(text = ""): { from: Millis; until: Millis } {
  const span = readInterval(text);
  if (!span.ok) throw new Error(span.error);
  return span.value;
}

const partsOf = ({ executable, compute, storage = [], data = [] }: ScheduledSession) =>
  [executable, compute, ...storage, ...data, ...(compute?.volumes ?? [])].filter((part) => part !== undefined);

/** Those of an offer and of all its parts. */
const idsOf = (offer: ScheduledSession) => [offer.meta?.uuid, ...partsOf(offer).map(({ meta }) => meta?.uuid)];

const schemas: Readonly<Record<string, string>> = {
  sessions: "AbstractExecutionSession",
  executables: "AbstractExecutable",
  compute: "AbstractComputeResource",
  volumes: "AbstractVolumeMount",
  storage: "AbstractStorageResource",
  data: "AbstractDataResource",
};

/** The addresses at which a session and its parts can be read, and the schema of what is there. */
export const addressesOf = (session: ScheduledSession): (readonly [address: string, schema: string])[] =>
  [session, ...partsOf(session)].map(({ meta }) => {
    const address = meta?.url ?? "nowhere";
    return [address, schemas[address.split("/").at(-2) ?? ""] ?? "nothing"];
  });

function checkReferences({ compute, storage = [], data = [] }: ScheduledSession): void {
  const idOf = ({ meta }: { meta?: { uuid?: string | undefined } | undefined }) => meta?.uuid;
  const stores = storage.map(idOf);
  const files = data.map(idOf);
  for (const volume of compute?.volumes ?? []) expect([...stores, ...files]).toContain(volume.resource);
  for (const one of data) {
    expect(stores).toContain(one.storage);
    expect(storage.find((store) => idOf(store) === one.storage)?.data).toContain(idOf(one));
  }
  for (const reference of storage.flatMap((store) => store.data ?? [])) expect(files).toContain(reference);
}
