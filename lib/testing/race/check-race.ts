import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Millis } from "#lib/booking/slot.ts";
import { expireOffers } from "#lib/broker/expire-offers.ts";
import { database } from "#lib/db/client.ts";
import { impossibleHistories } from "#lib/testing/history.ts";
import { ledgerDifferences } from "#lib/testing/universe.ts";
import { walkSessions } from "#lib/testing/walk-sessions.ts";

/** What was looked for after the race, and what was found of it: nothing, or the engine is wrong. */
export interface Check {
  readonly name: string;
  readonly found: readonly unknown[];
}

/** Looks for everything that must not be, first as the race left it and once more when all sessions have ended. */
export async function checkRace(platformId: string, promises: readonly string[], after: Millis): Promise<Check[]> {
  await readPromises(promises);
  const checks: Check[] = [
    { name: "slots above their limit", found: await overcommitted(platformId) },
    { name: "ledger rows that are not the sum of the sessions", found: await ledgerDifferences(platformId) },
    { name: "promised bookings that are not there", found: await rowsOf(lostBookings, platformId) },
    { name: "bookings nobody was told of", found: await rowsOf(untoldBookings, platformId) },
    { name: "cancelled sessions that are not", found: await rowsOf(lostCancellations, platformId) },
    { name: "histories that cannot be", found: await impossibleHistories(platformId) },
    { name: "deadlocks", found: await deadlocks() },
  ];
  await expireOffers({ now: after });
  while ((await walkSessions({ platformId, now: after })) > 0);
  return [
    ...checks,
    { name: "sessions that did not end", found: await rowsOf(unfinished, platformId) },
    { name: "ledger rows that differ in the end", found: await ledgerDifferences(platformId) },
  ];
}

/** The rows of the ledger above their limit, and the slots in which the sessions themselves are above the platform's. */
async function overcommitted(platformId: string): Promise<unknown[]> {
  return rowsOf(
    `SELECT a.kind, l.slot, l.used_cores, l.limit_cores, l.used_memory_gib, l.limit_memory_gib, l.used_gpus, l.limit_gpus
     FROM ledger l JOIN accounts a ON a.id = l.account_id
     WHERE a.platform_id = $1 AND (used_cores > l.limit_cores OR used_memory_gib > l.limit_memory_gib OR used_gpus > l.limit_gpus)
     ORDER BY l.slot`,
    platformId,
  );
}

const lostBookings = `SELECT p.session_id FROM race_promises p LEFT JOIN sessions s ON s.id = p.session_id AND s.platform_id = $1
  WHERE p.kind = 'booked' AND s.accepted_at IS NULL LIMIT 10`;
const untoldBookings = `SELECT s.id, s.phase FROM sessions s WHERE s.platform_id = $1 AND s.accepted_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM race_promises p WHERE p.kind = 'booked' AND p.session_id = s.id) LIMIT 10`;
const lostCancellations = `SELECT s.id, s.phase FROM race_promises p JOIN sessions s ON s.id = p.session_id
  WHERE s.platform_id = $1 AND p.kind = 'cancelled' AND s.phase <> 'CANCELLED' LIMIT 10`;
const unfinished = `SELECT s.id, s.phase FROM sessions s WHERE s.platform_id = $1
  AND (s.phase NOT IN ('COMPLETED', 'CANCELLED', 'FAILED', 'REJECTED', 'EXPIRED')
    OR (s.accepted_at IS NOT NULL AND s.released_at IS NULL)) LIMIT 10`;

async function rowsOf(query: string, platformId: string): Promise<unknown[]> {
  return (await database().pool.query(query, [platformId])).rows;
}

/** Counted by the server itself: also those that a retry has hidden. */
async function deadlocks(): Promise<unknown[]> {
  const { rows } = await database().pool.query<{ deadlocks: number }>(
    "SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()",
  );
  const count = rows[0]?.deadlocks ?? 0;
  return count > 0 ? [`${count} deadlocks`] : [];
}

/** What the clients were promised, from their files into a table. */
async function readPromises(files: readonly string[]): Promise<void> {
  const { pool } = database();
  await pool.query("CREATE UNLOGGED TABLE IF NOT EXISTS race_promises (kind text, session_id uuid)");
  const batch: string[][] = [];
  const store = async () => {
    const [kinds, ids] = [batch.map(([kind]) => kind), batch.map(([, id]) => id)];
    await pool.query("INSERT INTO race_promises SELECT * FROM unnest($1::text[], $2::uuid[])", [kinds, ids]);
    batch.length = 0;
  };
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      batch.push(line.split(" "));
      if (batch.length === 5000) await store();
    }
  }
  await store();
  await pool.query("CREATE INDEX ON race_promises (session_id)");
  await pool.query("ANALYZE");
}
