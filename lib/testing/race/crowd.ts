import { v7 as uuidv7 } from "uuid";
import type { AccountKind } from "#lib/booking/capacity.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { findPlatform, type StoredPlatform } from "#lib/db/platforms.ts";

/** Somebody of the crowd, with the project their bookings count for. */
export interface Racer {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
}

/** Everybody who races, and what for. Plain values: it is sent to other processes. */
export interface Crowd {
  readonly platform: StoredPlatform;
  readonly racers: readonly Racer[];
  readonly accounts: readonly CrowdAccount[];
}

/** An account with the limits it has at first: the highest of the race. */
export interface CrowdAccount {
  readonly id: string;
  readonly kind: AccountKind;
  readonly limits: Resources;
}

/** When a race begins: a time inside a slot. */
export const BEGIN: Millis = Date.UTC(2026, 10, 26, 13, 24);

const PROJECTS = 6;
const RACERS = 60;

/** One hot platform: far too small for its crowd, so that most slots are fought for. */
export const limits: Record<AccountKind, Resources> = {
  platform: { cores: 48, memoryGiB: 256, gpus: 4 },
  project: { cores: 16, memoryGiB: 128, gpus: 3 },
  user: { cores: 10, memoryGiB: 48, gpus: 2 },
};

const columns = ({ cores, memoryGiB, gpus }: Resources) => ({
  limitCores: cores,
  limitMemoryGib: memoryGiB,
  limitGpus: gpus,
});

/** Makes the platform, 6 projects and 60 people, ten to a project. */
export async function makeCrowd(): Promise<Crowd> {
  const { prisma } = database();
  const platformId = uuidv7();
  const data = { id: platformId, name: "hot", title: "A hot platform", kind: "none", slotMinutes: 60, windowHours: 24 };
  const account = (kind: keyof typeof limits) => ({ kind, ...columns(limits[kind]) });
  await prisma.platform.create({ data: { ...data, accounts: { create: account("platform") } } });
  const projects = Array.from({ length: PROJECTS }, () => uuidv7());
  for (const [index, id] of projects.entries()) {
    const accounts = { create: { platformId, ...account("project") } };
    await prisma.project.create({ data: { id, name: `project-${index}`, title: `Project ${index}`, accounts } });
  }
  const racers = Array.from({ length: RACERS }, (_, index) => ({
    id: uuidv7(),
    name: `racer-${index}`,
    projectId: projects[index % PROJECTS] ?? "",
  }));
  for (const { id, name, projectId } of racers) {
    const caps = { limitOpenBookings: 8, limitOfferSets: 3 };
    const accounts = { create: { platformId, ...account("user"), ...caps } };
    await prisma.user.create({ data: { id, name, displayName: name, projects: { create: { projectId } }, accounts } });
  }
  const platform = await findPlatform("hot");
  if (!platform) throw new Error("the platform was not made");
  const rows = await prisma.account.findMany({ where: { platformId }, orderBy: { id: "asc" } });
  const accounts = rows.map(({ id, kind }) => ({
    id: String(id),
    kind: kind as AccountKind,
    limits: limits[kind as AccountKind],
  }));
  return { platform, racers, accounts };
}
