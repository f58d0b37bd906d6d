import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { ParseArgsConfig } from "node:util";
import { missingMigrations } from "#lib/db/prepare.ts";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";
import { readSettings } from "../settings.ts";
import { Trouble } from "../trouble.ts";

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** What stands behind the name, such as `FILE`, or `[UUID]` where it may be left out. */
  readonly takes?: string;
  /** Speaks to a Meridian by its API, wherever that is: no database is opened for it. */
  readonly isRemote?: true;
  /** Does it, with the database open unless it is remote; the exit code. Throws Trouble when it was asked wrongly. */
  run(values: Readonly<Record<string, unknown>>, taken?: string): Promise<number>;
}

/**
 * Opens the database of this Meridian for this process: that of DATABASE_URL, or the embedded one, which is started for the
 * moment when it does not run. Returns what ends that again.
 */
export async function openedDatabase(): Promise<() => Promise<void>> {
  const { DATABASE_URL, MERIDIAN_DATA, ...settings } = readSettings();
  process.env.MERIDIAN_DATA = MERIDIAN_DATA;
  if (settings.MERIDIAN_CONFIG) process.env.MERIDIAN_CONFIG = settings.MERIDIAN_CONFIG;
  if (settings.MERIDIAN_JUPYTER) process.env.MERIDIAN_JUPYTER = settings.MERIDIAN_JUPYTER;
  if (DATABASE_URL) {
    process.env.DATABASE_URL = DATABASE_URL;
    await mustBeUpToDate(DATABASE_URL);
    return async () => undefined;
  }
  const folder = path.join(MERIDIAN_DATA, "postgres");
  if (!existsSync(folder)) throw new Trouble(`There is no Meridian in ${MERIDIAN_DATA} yet: npm start makes one.`);
  mkdirSync(path.join(MERIDIAN_DATA, "logs"), { recursive: true });
  const server = await startEmbeddedServer({
    folder,
    log: path.join(MERIDIAN_DATA, "logs", "database.log"),
    say: () => undefined,
  });
  process.env.DATABASE_URL = server.url;
  const close = async () => {
    if (!server.adopted) await server.stop();
  };
  await mustBeUpToDate(server.url).catch(async (error) => {
    await close();
    throw error;
  });
  return close;
}

async function mustBeUpToDate(url: string): Promise<void> {
  const missing = await missingMigrations(url);
  if (missing.length === 0) return;
  throw new Trouble(
    `The database is older than this Meridian (${missing.join(", ")} is missing): npm start brings it up to date.`,
  );
}
