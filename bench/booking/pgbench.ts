import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where Debian's packages put it, newest first, or a folder of PATH; null when there is none. */
export function findPgbench(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(":"),
  ];
  return folders.map((folder) => path.join(folder, "pgbench")).find((file) => existsSync(file)) ?? null;
}

/** PostgreSQL's own benchmark on a database of its own: rows of a bank of scale 10, updated by short transactions. */
export interface Pgbench {
  /** Transactions per second of `pgbench -N`. */
  rate(clients: number, seconds: number): Promise<number>;
}

/** Fills the database at `url`. */
export async function preparePgbench(program: string, url: string): Promise<Pgbench> {
  await run(program, ["-i", "-q", "-s", "10", url]);
  return {
    async rate(clients, seconds) {
      const threads = Math.min(2, clients);
      const { stdout } = await run(program, ["-N", "-c", `${clients}`, "-j", `${threads}`, "-T", `${seconds}`, url]);
      const tps = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
      if (!tps) throw new Error(`pgbench said no rate:\n${stdout}`);
      return tps;
    },
  };
}
