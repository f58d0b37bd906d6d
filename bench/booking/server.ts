import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { closeDatabase } from "#lib/db/client.ts";
import { prepareDatabase } from "#lib/db/prepare.ts";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";

/** One PostgreSQL for the whole run, durable as `npm start` runs it, with as many databases as are wanted. */
export interface BenchServer {
  readonly version: string;
  /** Makes a database: with Meridian's tables, or empty. Returns its address. */
  makeDatabase(name: string, kind: "meridian" | "empty"): Promise<string>;
  /** Deletes it; this process's connections to it are closed. */
  dropDatabase(name: string): Promise<void>;
  /** Opens it in this process; the one that was open is closed. */
  open(url: string): Promise<void>;
  discard(): Promise<void>;
}

const quiet = () => undefined;

export async function startBenchServer(): Promise<BenchServer> {
  const data = await mkdtemp(path.join(tmpdir(), "meridian-bench-"));
  const server = await startEmbeddedServer({ folder: path.join(data, "database"), say: quiet });
  await prepareDatabase({ url: server.url, say: quiet });
  const template = new URL(server.url).pathname.slice(1);
  const asked = async (text: string) => {
    const url = new URL(server.url);
    url.pathname = "/postgres";
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  return {
    version: server.version,
    async makeDatabase(name, kind) {
      await asked(`CREATE DATABASE ${name} TEMPLATE ${kind === "meridian" ? template : "template1"}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async dropDatabase(name) {
      await closeDatabase();
      await asked(`DROP DATABASE ${name} WITH (FORCE)`);
    },
    async open(url) {
      await closeDatabase();
      process.env.DATABASE_URL = url;
    },
    async discard() {
      await closeDatabase();
      await server.discard();
      await rm(data, { recursive: true, force: true });
    },
  };
}
