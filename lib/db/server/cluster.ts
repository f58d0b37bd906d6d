import { spawn } from "node:child_process";
import { existsSync, openSync, statSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { Account } from "./postgres-account.ts";
import type { Binaries } from "./postgres-binaries.ts";
import { readPidFile, stopPostmaster } from "./postmaster.ts";

/** The role that owns everything in a cluster of ours. */
export const OWNER = "meridian";
const DATABASE = "meridian";
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

export interface Cluster {
  /** PostgreSQL's data folder. Its parent belongs to us. */
  readonly folder: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly password: string;
  /** The server's log. We open it, so the account need not reach it. */
  readonly log: string;
  /** `false` trades the data's safety for speed: tests only. */
  readonly durable: boolean;
}

export const clusterUrl = (password: string, port: number, database = DATABASE) =>
  `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;

/** Makes the data folder when it is missing; all or nothing, so an interrupted one is made anew. */
export async function initialise({ folder, binaries, account, password, log, durable }: Cluster, flags: string[]) {
  if (existsSync(path.join(folder, "PG_VERSION"))) return;
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const passwordFile = path.join(unfinished, "..", "initial-password");
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account) {
      await chown(unfinished, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    const args = [`--pgdata=${unfinished}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    const output = openLog(log);
    const child = spawn(binaries.initdb, [...args, "--encoding=UTF8", ...(durable ? [] : ["--no-sync"]), ...flags], {
      ...account,
      cwd: unfinished,
      stdio: ["ignore", output, output],
      env: serverEnvironment(),
    });
    const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
    if (code !== 0) throw new Error(`The database could not be created.\n${await lastLines(log)}`);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Starts the server and waits until it takes connections. It gets a session of its own, so a Ctrl-C in the terminal
 * does not reach it before we stop it, and listens on loopback only. Throws with its last words when it dies.
 */
export async function launch(cluster: Cluster, port: number, signal?: AbortSignal): Promise<void> {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(cluster.durable ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openLog(cluster.log);
  const child = spawn(cluster.binaries.postgres, ["-D", cluster.folder, ...flags], {
    ...cluster.account,
    cwd: cluster.folder,
    detached: true,
    stdio: ["ignore", output, output],
    env: serverEnvironment(),
  });
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  child.once("exit", () => {
    ended = true;
  });
  child.unref();
  // However long a recovery takes, it is worth waiting for: it ends, or the server does.
  for (;;) {
    const postmaster = readPidFile(cluster.folder);
    if (postmaster?.pid === child.pid && postmaster?.ready) return;
    if (ended) throw new Error(`The database did not start.\n${await lastLines(cluster.log)}`);
    if (signal?.aborted) {
      await stopPostmaster(cluster.folder);
      throw signal.reason;
    }
    await delay(10);
  }
}

/** Connects once, makes the database `meridian` when it is missing, and returns the server's version. */
export async function openDatabase(password: string, port: number): Promise<string> {
  const client = new Client({
    connectionString: clusterUrl(password, port, "postgres"),
    connectionTimeoutMillis: 3_000,
    query_timeout: 10_000,
  });
  client.on("error", () => undefined); // a lost connection also rejects the query below
  try {
    await client.connect();
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    return rows[0]?.server_version ?? "unknown";
  } finally {
    // An answer that never came must not keep us from going on.
    await Promise.race([client.end().catch(() => undefined), delay(1_000, undefined, { ref: false })]);
  }
}

/** A server must not pick up settings that were meant for another one (PGDATA, PGPORT, …). */
function serverEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(environment)) if (/^(PG|LC_)/.test(name)) delete environment[name];
  return { ...environment, LC_ALL: "C", TZ: "UTC" };
}

function openLog(file: string): number {
  const big = existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES;
  return openSync(file, big ? "w" : "a", 0o600);
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-10).join("\n");
}
