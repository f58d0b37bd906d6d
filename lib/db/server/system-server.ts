import { randomBytes } from "node:crypto";
import { chmodSync, existsSync } from "node:fs";
import { chown, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "#lib/loopback-port.ts";
import { type Cluster, initialise, launch, openDatabase } from "./cluster.ts";
import { postgresAccount } from "./postgres-account.ts";
import { binariesIn } from "./postgres-binaries.ts";
import { type RunningServer, runningServer } from "./running-server.ts";

/**
 * For tests: a throwaway server of the oldest PostgreSQL that Meridian supports, when the machine has one of that version
 * as Debian 12 installs it; else `null`. End it with `discard`.
 */
export async function startSystemServer({ major = 15 }: { major?: number } = {}): Promise<RunningServer | null> {
  const binaries = binariesIn(`/usr/lib/postgresql/${major}`);
  if (!existsSync(binaries.postgres) || !existsSync(binaries.initdb)) return null;
  const account = postgresAccount();
  const home = await mkdtemp(path.join(tmpdir(), `meridian-postgresql-${major}-`));
  chmodSync(home, 0o711);
  if (account) await chown(home, account.uid, account.gid);
  const cluster: Cluster = {
    folder: path.join(home, "cluster"),
    binaries,
    account,
    password: randomBytes(24).toString("hex"),
    log: path.join(home, "server.log"),
    durable: false,
  };
  await initialise(cluster, ["--locale=C.UTF-8"]);
  const port = await freePort();
  await launch(cluster, port);
  const version = await openDatabase(cluster.password, port);
  return runningServer(cluster, { port, version, adopted: false, rooms: [home] });
}
