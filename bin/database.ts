import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";
import type { RunningServer } from "#lib/db/server/running-server.ts";
import { mayRestart } from "./supervise.ts";
import { inWords, Trouble } from "./trouble.ts";

const OLDEST_VERSION = 15;
const LOOK_EVERY_MS = 500;

export interface UsedDatabase {
  /** May change when a new embedded server had to take another port. */
  url(): string;
  /** The embedded server's process. */
  pid(): number | undefined;
  inWords(): string;
  /** Resolves when it answers. */
  answers(stop: AbortSignal): Promise<void>;
  stop(hard: AbortSignal): Promise<void>;
}

export interface DatabaseWatch {
  readonly say: (line: string) => void;
  /** A new server took the place of one that died. */
  readonly replaced: () => void;
  readonly gaveUp: (trouble: Trouble) => void;
}

/** The database of DATABASE_URL, seen to answer. Throws Trouble when it does not, or is too old. */
export async function externalDatabase(url: string, say: (line: string) => void): Promise<UsedDatabase> {
  const where = withoutPassword(url);
  if (!where) {
    throw new Trouble("DATABASE_URL is not an address of the form postgresql://user:password@host:5432/name.");
  }
  try {
    const version = await ask(url);
    if (version < OLDEST_VERSION) {
      throw new Trouble(`The database ${where} is PostgreSQL ${version}; Meridian needs ${OLDEST_VERSION} or newer.`);
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(`The database of DATABASE_URL (${where}) does not answer: ${inWords(causeOf(error))}`);
  }
  return {
    url: () => url,
    pid: () => undefined,
    inWords: () => where,
    answers: (stop) => untilAnswers(() => url, stop, say),
    stop: async () => undefined,
  };
}

/** The embedded server, started again when it dies. */
export async function embeddedDatabase(data: string, stop: AbortSignal, watch: DatabaseWatch): Promise<UsedDatabase> {
  const start = () =>
    startEmbeddedServer({
      folder: path.join(data, "postgres"),
      log: path.join(data, "logs", "database.log"),
      say: watch.say,
      signal: stop,
    });
  let server: RunningServer = await start();
  const deaths: number[] = [];
  const replace = async () => {
    const now = performance.now();
    deaths.push(now);
    if (!mayRestart(deaths, now)) throw new Trouble("The database ended too often within a minute, so Meridian stops.");
    watch.say("the database ended; starting it again");
    server = await start();
    watch.say("the database is back");
    watch.replaced();
  };
  const watching = (async () => {
    while (!stop.aborted) {
      await delay(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
      if (!stop.aborted && !server.isRunning()) await replace();
    }
  })().catch((error) => {
    if (!stop.aborted) watch.gaveUp(error instanceof Trouble ? error : new Trouble(inWords(error)));
  });
  return {
    url: () => server.url,
    pid: () => server.pid,
    inWords: () => `PostgreSQL ${server.version} on port ${server.port}`,
    answers: (stop) => untilAnswers(() => server.url, stop, watch.say),
    stop: async (hard) => {
      await watching;
      const onHard = () => void server.stop("hard");
      if (hard.aborted) return server.stop("hard");
      hard.addEventListener("abort", onHard, { once: true });
      await server.stop();
    },
  };
}

/** Null when it is no address at all. */
export function withoutPassword(url: string): string | null {
  try {
    const parsed = new URL(url);
    parsed.password = "";
    parsed.search = "";
    return parsed.href;
  } catch {
    return null;
  }
}

async function untilAnswers(url: () => string, stop: AbortSignal, say: (line: string) => void): Promise<void> {
  let said = false;
  for (const began = performance.now(); ; await delay(200, undefined, { signal: stop })) {
    try {
      await ask(url());
      return;
    } catch {
      if (!said && performance.now() - began > 3_000) {
        said = true;
        say("waiting for the database to answer");
      }
    }
  }
}

/** Returns the major version. */
async function ask(url: string): Promise<number> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on("error", () => undefined); // also rejects below
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS version",
    );
    return rows[0]?.version ?? 0;
  } finally {
    await Promise.race([client.end().catch(() => undefined), delay(1_000, undefined, { ref: false })]);
  }
}

/** A host with several addresses fails with all of them at once, and no message of its own. */
const causeOf = (error: unknown) => (error instanceof AggregateError ? (error.errors[0] ?? error) : error);
