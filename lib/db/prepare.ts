import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runMigrations } from "graphile-worker";
import { Client } from "pg";
import { phaseMoves } from "#lib/booking/phase.ts";
import { quiet } from "./quiet-logger.ts";
import { applyMigrations } from "./schema-engine.ts";

/** The folder with `schema.prisma` and `migrations/`. */
export const prismaFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../prisma");

/**
 * Brings the database at `url` (PostgreSQL 15 or newer, embedded or not) up to date: the job queue's tables, Meridian's
 * migrations, the table of phases. Harmless to repeat. Throws when a migration fails.
 */
export async function prepareDatabase({ url, say }: { url: string; say: (line: string) => void }): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // Two processes that start at once take turns.
    await client.query("SELECT pg_advisory_lock(hashtext('meridian migrations'))");
    const applied = await applyMigrations(url, prismaFolder);
    for (const name of applied) say(`applied ${name}`);
    await runMigrations({ connectionString: url, logger: quiet });
    await fillPhaseMoves(client);
  } finally {
    await client.end();
  }
}

/** Makes `phase_moves` say what lib/booking/phase.ts says. */
async function fillPhaseMoves(client: Client): Promise<void> {
  await client.query(
    `WITH wanted AS (SELECT * FROM unnest($1::text[], $2::text[]) AS w (before, after)),
       removed AS (DELETE FROM phase_moves m WHERE NOT EXISTS (SELECT FROM wanted w WHERE w.before = m.before AND w.after = m.after))
     INSERT INTO phase_moves SELECT before, after FROM wanted ON CONFLICT DO NOTHING`,
    [phaseMoves.map(([before]) => before), phaseMoves.map(([, after]) => after)],
  );
}

/** The migrations that the database at `url` does not have yet; a fresh one has none. */
export async function missingMigrations(url: string): Promise<string[]> {
  const entries = await readdir(path.join(prismaFolder, "migrations"), { withFileTypes: true });
  const all = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: known } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known");
    if (!known[0].known) return all;
    const { rows } = await client.query("SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL");
    const applied = new Set(rows.map((row) => row.migration_name));
    return all.filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
}
