import { v7 as uuidv7 } from "uuid";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import type { StoredPlatform } from "#lib/db/platforms.ts";

/** A platform of a test's own, with one project and people on it: tests beside each other never meet. */
export interface Universe {
  readonly platform: StoredPlatform;
  readonly projectId: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

const HOUR = 3_600_000;

/** Thursday 26 November 2026, 13:24 UTC: a time inside a slot. */
export const NOW: Millis = Date.UTC(2026, 10, 26, 13, 24);
/** The start of the slot that NOW lies in. */
export const SLOT: Millis = Date.UTC(2026, 10, 26, 13);
/** The start of the slot that is `hours` later than the running one. */
export const slotIn = (hours: number): Millis => SLOT + hours * HOUR;

export interface Wanted {
  readonly limit?: Resources;
  readonly projectLimit?: Resources;
  readonly userLimit?: Resources;
  /** How many are made; or who is there already, from another platform. */
  readonly people?: number | readonly { readonly id: string; readonly name: string }[];
  readonly openBookings?: number;
  readonly offerSets?: number;
  readonly slotMinutes?: number;
  readonly windowHours?: number;
  readonly kind?: string;
  readonly settings?: { readonly url: string };
  readonly provider?: string;
}

/** Makes a universe: 8 cores, 32 GiB and 1 GPU for everyone, hourly slots, a day ahead, unless told otherwise. */
export async function makeUniverse(wanted: Wanted = {}): Promise<Universe> {
  const { prisma } = database();
  const limit = wanted.limit ?? { cores: 8, memoryGiB: 32, gpus: 1 };
  const ids = { platform: uuidv7(), project: uuidv7() };
  const kind = wanted.kind ?? "local";
  const platform = await prisma.platform.create({
    data: {
      id: ids.platform,
      name: `platform-${ids.platform}`,
      title: "A platform",
      kind,
      settings: wanted.settings ?? {},
      provider: wanted.provider ?? null,
      slotMinutes: wanted.slotMinutes ?? 60,
      windowHours: wanted.windowHours ?? 24,
      accounts: { create: { kind: "platform", ...columns(limit) } },
    },
  });
  await prisma.project.create({
    data: {
      id: ids.project,
      name: `project-${ids.project}`,
      title: "A project",
      accounts: { create: { kind: "project", platformId: platform.id, ...columns(wanted.projectLimit ?? limit) } },
    },
  });
  const known =
    typeof wanted.people === "object" ? wanted.people : Array.from({ length: wanted.people ?? 1 }, () => null);
  const people = await Promise.all(known.map((person) => placePerson(ids, wanted, limit, person)));
  return {
    platform: {
      id: platform.id,
      name: platform.name,
      title: platform.title,
      kind,
      settings: wanted.settings ?? {},
      provider: wanted.provider ?? null,
      onlyNotebooks: kind === "local",
      needsImage: false,
      choices: null,
      choicesAt: null,
      choicesTrouble: null,
      slotMinutes: platform.slotMinutes,
      windowHours: platform.windowHours,
      maxOffers: platform.maxOffers,
      offerSeconds: platform.offerSeconds,
      waitSeconds: platform.waitSeconds,
      launchSeconds: platform.launchSeconds,
      prepareSeconds: platform.prepareSeconds,
      limit,
    },
    projectId: ids.project,
    people,
  };
}

type Person = Universe["people"][number];

/** Somebody new, or somebody who is there, with a place on the platform. */
async function placePerson(
  ids: { platform: string; project: string },
  wanted: Wanted,
  limit: Resources,
  known: Person | null,
): Promise<Person> {
  const id = known?.id ?? uuidv7();
  const name = known?.name ?? `person-${id}`;
  const account = {
    kind: "user",
    platformId: ids.platform,
    ...columns(wanted.userLimit ?? limit),
    limitOpenBookings: wanted.openBookings ?? 100,
    limitOfferSets: wanted.offerSets ?? 100,
  };
  const place = { projects: { create: { projectId: ids.project } }, accounts: { create: account } };
  const { user } = database().prisma;
  await (known
    ? user.update({ where: { id }, data: place })
    : user.create({ data: { id, name, displayName: name, ...place } }));
  return { id, name };
}

const columns = (limit: Resources) => ({
  limitCores: limit.cores,
  limitMemoryGib: limit.memoryGiB,
  limitGpus: limit.gpus,
});

/** A request for one hour of 2 cores and 4 GiB, from the next slot on, unless told otherwise. */
export const aRequest = (wanted: Partial<ExecutionRequest> & { resources?: Resources } = {}): ExecutionRequest => ({
  executable: { type: "notebook", image: null },
  resources: { cores: 2, memoryGiB: 4, gpus: 0 },
  durationSlots: 1,
  start: { kind: "window", from: slotIn(1), until: slotIn(23) },
  ...wanted,
});

/** What the ledger of the universe says is used, slot by slot, where anything is. */
export async function usedBy(
  universe: Universe,
  kind: "platform" | "project" | "user",
): Promise<Record<string, number>> {
  const rows = await database().prisma.ledgerEntry.findMany({
    where: { account: { platformId: universe.platform.id, kind }, usedCores: { gt: 0 } },
    orderBy: { slot: "asc" },
  });
  const sums: Record<string, number> = {};
  for (const row of rows) {
    const slot = row.slot.toISOString().slice(11, 16);
    sums[slot] = (sums[slot] ?? 0) + row.usedCores;
  }
  return sums;
}

/** Every row of the ledger that differs from the sum of its sessions: none, or the engine is wrong. */
export async function ledgerDifferences(platformId: string): Promise<unknown[]> {
  const { rows } = await database().pool.query("SELECT * FROM ledger_differences($1)", [platformId]);
  return rows;
}

/** One of the universe's people. */
export function personOf(universe: Universe, index: number): Universe["people"][number] {
  const person = universe.people[index];
  if (!person) throw new Error("no such person");
  return person;
}
