import { v7 as uuidv7 } from "uuid";
import { database } from "#lib/db/client.ts";
import type { StoredPlatform } from "#lib/db/platforms.ts";
import { makeUniverse } from "#lib/testing/universe.ts";

/** Somebody who books, and the project they book for. */
export interface Booking {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
}

/** A platform that is never full and the people on it. */
export interface Town {
  readonly platform: StoredPlatform;
  readonly people: readonly Booking[];
}

/** Nothing is refused here: the limits are far away, and every one of them is checked all the same. */
const plenty = { limitCores: 1_000_000, limitMemoryGib: 4_000_000, limitGpus: 1_000 };

/** Makes a town on the open database: hourly slots, a window of a day, everybody in one of the projects. */
export async function makeTown({ people = 400, projects = 40 } = {}): Promise<Town> {
  const { prisma } = database();
  const limit = { cores: plenty.limitCores, memoryGiB: plenty.limitMemoryGib, gpus: plenty.limitGpus };
  const { platform } = await makeUniverse({ limit, people: 0 });
  const projectIds = Array.from({ length: projects }, () => uuidv7());
  const town = Array.from({ length: people }, (_, index) => {
    const id = uuidv7();
    return { id, name: `booker-${id}`, projectId: projectIds[index % projects] ?? "" };
  });
  const account = { platformId: platform.id, ...plenty };
  await prisma.project.createMany({
    data: projectIds.map((id) => ({ id, name: `project-${id}`, title: "A project" })),
  });
  await prisma.user.createMany({ data: town.map(({ id, name }) => ({ id, name, displayName: name })) });
  await prisma.projectMember.createMany({ data: town.map(({ id, projectId }) => ({ userId: id, projectId })) });
  await prisma.account.createMany({
    data: [
      ...projectIds.map((projectId) => ({ ...account, kind: "project", projectId })),
      ...town.map(({ id }) => ({
        ...account,
        kind: "user",
        userId: id,
        limitOpenBookings: 1_000_000,
        limitOfferSets: 1_000_000,
      })),
    ],
  });
  return { platform, people: town };
}
