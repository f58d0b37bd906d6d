import path from "node:path";
import { Client } from "pg";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";
import type { Meridian } from "./meridian.ts";

/** Changes what no page can change yet, in the database of a running Meridian. */
export async function inDatabase(meridian: Meridian, sql: string): Promise<void> {
  // The server runs already: it is found, not started.
  const server = await startEmbeddedServer({ folder: path.join(meridian.data, "postgres"), say: () => undefined });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** One platform more, "annex", as large as the first one, with the same projects and people. */
export const addAnnex = (meridian: Meridian): Promise<void> =>
  inDatabase(
    meridian,
    `WITH first AS (SELECT * FROM platforms ORDER BY created_at LIMIT 1),
      annex AS (
        INSERT INTO platforms (id, name, title, kind, slot_minutes, window_hours, max_offers, offer_seconds, prepare_seconds, launch_seconds)
        SELECT gen_random_uuid(), 'annex', 'The annex', kind, slot_minutes, window_hours, max_offers, offer_seconds, prepare_seconds, launch_seconds
        FROM first RETURNING id)
      INSERT INTO accounts (kind, platform_id, project_id, user_id, limit_cores, limit_memory_gib, limit_gpus, limit_open_bookings, limit_offer_sets)
        SELECT a.kind, annex.id, a.project_id, a.user_id, a.limit_cores, a.limit_memory_gib, a.limit_gpus, a.limit_open_bookings, a.limit_offer_sets
        FROM accounts a JOIN first ON a.platform_id = first.id, annex`,
  );
