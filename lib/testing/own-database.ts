import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase } from "#lib/db/client.ts";
import { prepareDatabase } from "#lib/db/prepare.ts";

/**
 * Gives the tests of this file a database of their own on the run's server. For tests with a clock of their own: steps
 * that expire or launch whatever is due would meet the universes of other files.
 */
export function ownDatabase(): void {
  const name = `meridian_${randomBytes(6).toString("hex")}`;
  const shared = inject("databaseUrl");

  beforeAll(async () => {
    await closeDatabase();
    await runOn(shared, `CREATE DATABASE ${name}`);
    const url = new URL(shared);
    url.pathname = `/${name}`;
    await prepareDatabase({ url: url.href, say: () => undefined });
    process.env.DATABASE_URL = url.href;
  }, 60_000);

  afterAll(async () => {
    await closeDatabase();
    process.env.DATABASE_URL = shared;
    await runOn(shared, `DROP DATABASE ${name} WITH (FORCE)`);
  });
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
