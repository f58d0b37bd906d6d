import { readFileSync } from "node:fs";
import { v7 as uuidv7 } from "uuid";
import type { Config, PlatformConfig } from "#lib/config.ts";
import { ConfigError } from "#lib/config.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { Environment } from "#lib/env.ts";
import type { CanfarSettings } from "#lib/launch/registry.ts";

/** Finds a service in an IVOA registry; throws with a sentence when it cannot. */
export type Discover = (platform: { registry: URL; resourceId: string }) => Promise<URL>;

/**
 * Makes the database say what the configuration says: each platform with its address, its sign-in and the project of its
 * newcomers. Sizes and limits are read when something is new; after that the page “Admin” says. What is not in the
 * configuration any more keeps its row, as bookings hang on it.
 *
 * A registry that does not answer is no reason not to start: the address of last time is used, and `say` tells so.
 */
export async function seedConfigured(
  prisma: PrismaClient,
  { config, env, discover, say }: { config: Config; env: Environment; discover: Discover; say: (line: string) => void },
): Promise<void> {
  for (const platform of config.platforms) {
    const url = await addressOf(prisma, platform, discover, say);
    const settings: CanfarSettings = {
      url,
      ...(platform.authorities !== undefined && { authorities: readAuthorities(platform.authorities) }),
      ...(platform.rates !== undefined && { rates: platform.rates }),
      ...(platform.storageGiB !== undefined && { storageGiB: platform.storageGiB }),
      ...(platform.fetchMBps !== undefined && { fetchMBps: platform.fetchMBps }),
    };
    const id = await keepPlatform(prisma, platform, settings, env);
    if (platform.newcomers) await keepProject(prisma, id, platform.newcomers);
  }
}

async function addressOf(
  prisma: PrismaClient,
  platform: PlatformConfig,
  discover: Discover,
  say: (line: string) => void,
): Promise<string> {
  const { name, url, registry, resourceId } = platform;
  if (url !== undefined) return url;
  if (registry === undefined || resourceId === undefined) throw new ConfigError(`${name} has no address.`);
  try {
    return (await discover({ registry: new URL(registry), resourceId })).href;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const known = await prisma.platform.findUnique({ where: { name }, select: { settings: true } });
    const settings = known?.settings as Partial<CanfarSettings> | null | undefined;
    if (!settings?.url) throw new ConfigError(`${name} could not be found: ${why} Give its url instead.`);
    say(`${name}: ${why} It is used where it was found last time.`);
    return settings.url;
  }
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

const columns = ({ cores, memoryGiB, gpus }: { cores: number; memoryGiB: number; gpus: number }) => ({
  limitCores: cores,
  limitMemoryGib: memoryGiB,
  limitGpus: gpus,
});

async function keepPlatform(
  prisma: PrismaClient,
  platform: PlatformConfig,
  settings: CanfarSettings,
  env: Environment,
): Promise<string> {
  const { name, title, kind, provider, size, launchMinutes, leadSeconds } = platform;
  const known = await prisma.platform.findUnique({ where: { name }, select: { id: true, kind: true } });
  if (known && known.kind !== kind) throw new ConfigError(`${name} is a platform of kind ${known.kind} already.`);
  const said = {
    title,
    provider,
    settings,
    launchSeconds: Math.round(launchMinutes * 60),
    prepareSeconds: leadSeconds,
  };
  if (known) {
    await prisma.platform.update({ where: { name }, data: said });
    return known.id;
  }
  const made = await prisma.platform.create({
    data: {
      ...said,
      id: uuidv7(),
      name,
      kind,
      slotMinutes: platform.slotMinutes ?? env.MERIDIAN_SLOT_MINUTES,
      windowHours: platform.windowHours ?? env.MERIDIAN_WINDOW_HOURS,
      accounts: { create: { kind: "platform", ...columns(size) } },
    },
  });
  return made.id;
}

/** The project that newcomers are put into, with as much of the platform as there is: the platform itself is the limit. */
async function keepProject(
  prisma: PrismaClient,
  platformId: string,
  { project: name, title }: NonNullable<PlatformConfig["newcomers"]>,
): Promise<void> {
  const project = await prisma.project.upsert({
    where: { name },
    create: { id: uuidv7(), name, title },
    update: {},
  });
  const where = { kind: "project", platformId, projectId: project.id };
  if (await prisma.account.findFirst({ where })) return;
  const whole = await prisma.account.findFirstOrThrow({ where: { kind: "platform", platformId } });
  const { limitCores, limitMemoryGib, limitGpus } = whole;
  await prisma.account.create({ data: { ...where, limitCores, limitMemoryGib, limitGpus } });
}
