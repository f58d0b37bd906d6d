import path from "node:path";
import { Client } from "pg";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";
import type { Meridian } from "./meridian.ts";

/** Changes what no page can change yet, in the database of a running Meridian. */
export const inDatabase = (meridian: Meridian, sql: string): Promise<void> =>
  withDatabase(meridian, async (client) => void (await client.query(sql)));

/** Every row of every table as text, by the table: what somebody reads who gets hold of the database. */
export const databaseAsText = (meridian: Meridian): Promise<{ table: string; text: string }[]> =>
  withDatabase(meridian, async (client) => {
    const { rows: tables } = await client.query<{ table: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const read = [];
    for (const { table } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
      read.push({ table, text: rows.map(({ row }) => row).join("\n") });
    }
    return read;
  });

async function withDatabase<T>(meridian: Meridian, work: (client: Client) => Promise<T>): Promise<T> {
  // The server runs already: it is found, not started.
  const server = await startEmbeddedServer({ folder: path.join(meridian.data, "postgres"), say: () => undefined });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return await work(client);
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

/** What a platform says that lets one choose. */
const canfarChoices = {
  types: ["notebook", "desktop", "carta", "contributed", "firefly", "headless"],
  images: [
    ["skaha/astroml:latest", "notebook", "headless"],
    ["skaha/astroml-notebook:24.07", "notebook"],
    ["skaha/base-notebook:latest", "notebook"],
    ["cirada/pipeline-notebook:2026.1", "notebook", "headless"],
    ["lsst/rubin-notebook:w_2026_40", "notebook"],
    ["skaha/desktop:latest", "desktop"],
    ["skaha/carta:latest", "carta"],
    ["skaha/vscode:latest", "contributed"],
    ["skaha/firefly:2025.2", "firefly"],
  ].map(([name, ...types]) => ({ id: `images.canfar.net/${name}`, types })),
  registries: ["images.canfar.net"],
  cores: [1, 2, 4, 8],
  memoryGiB: [1, 2, 4, 6, 8, 16, 32],
  gpus: [],
  mostSessions: 3,
};

/** A platform "CANFAR" that has said what may be chosen there, with the first one's projects and people; nothing answers at it. */
export const addCanfar = (meridian: Meridian): Promise<void> =>
  inDatabase(
    meridian,
    `WITH first AS (SELECT * FROM platforms ORDER BY created_at LIMIT 1),
      canfar AS (
        INSERT INTO platforms (id, name, title, kind, settings, provider, choices, choices_at, slot_minutes, window_hours, max_offers,
          offer_seconds, prepare_seconds, launch_seconds)
        SELECT gen_random_uuid(), 'canfar', 'CANFAR', 'canfar', '{"url":"http://127.0.0.1:9/skaha"}', 'iam',
          '${JSON.stringify(canfarChoices)}', now(), slot_minutes, window_hours, max_offers, offer_seconds, prepare_seconds, launch_seconds
        FROM first RETURNING id)
      INSERT INTO accounts (kind, platform_id, project_id, user_id, limit_cores, limit_memory_gib, limit_gpus, limit_open_bookings, limit_offer_sets)
        SELECT a.kind, canfar.id, a.project_id, a.user_id, 16, 64, 0, a.limit_open_bookings, a.limit_offer_sets
        FROM accounts a JOIN first ON a.platform_id = first.id, canfar`,
  );
