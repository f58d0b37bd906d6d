import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { v7 as uuidv7 } from "uuid";
import { decideDemo, demoPeople } from "#lib/auth/demo.ts";
import { demoPassword, hashPassword, isPassword } from "#lib/auth/password.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { readConfig } from "#lib/config.ts";
import { PrismaClient } from "#lib/db/generated/client.ts";
import type { Environment } from "#lib/env.ts";
import { discoverSkaha } from "#lib/launch/canfar/discover.ts";
import { type Discover, seedConfigured } from "./seed-configured.ts";

export interface Seeded {
  /** The demo people and their passwords, to be printed; null when they may not sign in. */
  readonly demoPeople: readonly { readonly name: string; readonly password: string }[] | null;
  /** Why they may not. */
  readonly demoRefused: string | null;
}

/** What this machine offers to sessions: all its cores, three quarters of its memory, no GPUs it does not know of. */
export const sizeOfThisMachine = (): Resources => ({
  cores: availableParallelism(),
  memoryGiB: Math.max(1, Math.floor((totalmem() / 2 ** 30) * 0.75)),
  gpus: 0,
});

/**
 * Puts into a database what a new Meridian needs: this machine as a platform, one project, and the demo people, each with
 * their accounts. What is there already stays as it is, so it may run at every start.
 */
export async function seed({
  url,
  env,
  say,
}: {
  url: string;
  env: Environment;
  say: (line: string) => void;
}): Promise<Seeded> {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
  try {
    const platformId = await seedPlatform(prisma, env);
    const projectId = await seedProject(prisma, platformId);
    const config = readConfig(env.MERIDIAN_CONFIG);
    await seedConfigured(prisma, { config, env, discover, say });
    const demo = decideDemo({ host: env.HOST, demo: env.MERIDIAN_DEMO });
    if (!demo.allowed) return { demoPeople: null, demoRefused: demo.why };
    return { demoPeople: await seedDemoPeople(prisma, env, platformId, projectId), demoRefused: null };
  } finally {
    await prisma.$disconnect();
  }
}

/** Asked once at each start, never at slot time. */
const discover: Discover = (where) => discoverSkaha(where, AbortSignal.timeout(10_000));

const limits = (size: Resources) => ({
  limitCores: size.cores,
  limitMemoryGib: size.memoryGiB,
  limitGpus: size.gpus,
});

async function seedPlatform(prisma: PrismaClient, env: Environment): Promise<string> {
  const found = await prisma.platform.findUnique({ where: { name: "local" } });
  if (found) return found.id;
  const made = await prisma.platform.create({
    data: {
      id: uuidv7(),
      name: "local",
      title: "This machine",
      kind: "local",
      slotMinutes: env.MERIDIAN_SLOT_MINUTES,
      windowHours: env.MERIDIAN_WINDOW_HOURS,
      accounts: { create: { kind: "platform", ...limits(sizeOfThisMachine()) } },
    },
  });
  return made.id;
}

async function seedProject(prisma: PrismaClient, platformId: string): Promise<string> {
  const found = await prisma.project.findUnique({ where: { name: "first-light" } });
  if (found) return found.id;
  const made = await prisma.project.create({
    data: {
      id: uuidv7(),
      name: "first-light",
      title: "First light",
      accounts: { create: { kind: "project", platformId, ...limits(sizeOfThisMachine()) } },
    },
  });
  return made.id;
}

/** The passwords are made once an installation and kept in a file that only its owner can read. */
async function seedDemoPeople(prisma: PrismaClient, env: Environment, platformId: string, projectId: string) {
  const file = path.join(env.MERIDIAN_DATA, "demo-people.json");
  const kept: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const people = demoPeople.map((person) => ({ ...person, password: kept[person.name] ?? demoPassword() }));
  writeFileSync(
    file,
    JSON.stringify(Object.fromEntries(people.map(({ name, password }) => [name, password])), null, 2),
    {
      mode: 0o600,
    },
  );
  for (const person of people) await seedPerson(prisma, person, platformId, projectId);
  return people.map(({ name, password }) => ({ name, password }));
}

async function seedPerson(
  prisma: PrismaClient,
  person: (typeof demoPeople)[number] & { password: string },
  platformId: string,
  projectId: string,
): Promise<void> {
  const { name, displayName, role, password } = person;
  const found = await prisma.user.findUnique({ where: { name } });
  if (found) {
    if (await isPassword(password, found.passwordHash)) return;
    await prisma.user.update({ where: { name }, data: { passwordHash: await hashPassword(password) } });
    return;
  }
  const account = { kind: "user", platformId, ...limits(sizeOfThisMachine()), limitOpenBookings: 5, limitOfferSets: 3 };
  await prisma.user.create({
    data: {
      id: uuidv7(),
      name,
      displayName,
      role,
      passwordHash: await hashPassword(password),
      projects: { create: { projectId } },
      accounts: { create: account },
    },
  });
}
