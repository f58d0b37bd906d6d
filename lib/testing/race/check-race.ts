import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Millis } from "#lib/booking/slot.ts";
import { expireOffers } from "#lib/broker/expire-offers.ts";
import { verify } from "#lib/broker/verify.ts";
import { database } from "#lib/db/client.ts";
import { impossibleHistories } from "#lib/testing/history.ts";
import { ledgerDifferences } from "#lib/testing/universe.ts";
import { walkSessions } from "#lib/testing/walk-sessions.ts";
import { BEGIN, limits } from "./crowd.ts";

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
    { name: "slots above what they were ever allowed", found: await aboveAll(platformId) },
    { name: "ledger rows that are not the sum of the sessions", found: await ledgerDifferences(platformId) },
    { name: "promised bookings that are not there", found: await rowsOf(lostBookings, platformId) },
    { name: "bookings nobody was told of", found: await rowsOf(untoldBookings, platformId) },
    { name: "cancelled sessions that are not", found: await rowsOf(lostCancellations, platformId) },
    { name: "histories that cannot be", found: await impossibleHistories(platformId) },
    { name: "deadlocks", found: await deadlocks() },
    { name: "findings of verify", found: await findings(BEGIN) },
  ];
  await expireOffers({ now: after });
  while ((await walkSessions({ platformId, now: after })) > 0);
  return [
    ...checks,
    { name: "sessions that did not end", found: await rowsOf(unfinished, platformId) },
    { name: "ledger rows that differ in the end", found: await ledgerDifferences(platformId) },
    { name: "findings of verify in the end", found: await findings(after) },
  ];
}

const findings = async (now: Millis): Promise<readonly unknown[]> =>
  (await verify({ platforms: false, now, signal: AbortSignal.timeout(600_000) })).findings;

/** The rows of the ledger above their limit, and above what was promised before the limit was lowered. */
const overcommitted = (platformId: string): Promise<unknown[]> =>
  rowsOf(
    `SELECT a.kind, l.slot, l.used_cores, l.limit_cores, l.used_memory_gib, l.limit_memory_gib, l.used_gpus, l.limit_gpus
     FROM ledger l JOIN accounts a ON a.id = l.account_id
     WHERE a.platform_id = $1 AND (l.used_cores > greatest(l.limit_cores, l.honoured_cores)
       OR l.used_memory_gib > greatest(l.limit_memory_gib, l.honoured_memory_gib) OR l.used_gpus > greatest(l.limit_gpus, l.honoured_gpus))
     ORDER BY l.slot`,
    platformId,
  );

/** The same without the ledger: the sessions themselves against the highest limits that there were. */
async function aboveAll(platformId: string): Promise<unknown[]> {
  const { rows } = await database().pool.query(
    `SELECT a.kind, t.slot, sum(s.cores) AS cores, sum(s.memory_gib) AS memory_gib, sum(s.gpus) AS gpus
     FROM sessions s JOIN platforms p ON p.id = s.platform_id JOIN accounts a ON a.platform_id = p.id,
       generate_series(s.slots_from, s.slots_until - make_interval(mins => p.slot_minutes), make_interval(mins => p.slot_minutes)) t (slot)
     WHERE s.platform_id = $1 AND (a.kind = 'platform' OR a.project_id = s.project_id OR a.user_id = s.user_id)
       AND (s.accepted_at IS NOT NULL OR (s.phase = 'OFFERED' AND a.kind = 'platform'))
     GROUP BY a.id, a.kind, t.slot
     HAVING sum(s.cores) > ($2::jsonb -> a.kind ->> 'cores')::int OR sum(s.memory_gib) > ($2::jsonb -> a.kind ->> 'memoryGiB')::int
       OR sum(s.gpus) > ($2::jsonb -> a.kind ->> 'gpus')::int`,
    [platformId, JSON.stringify(limits)],
  );
  return rows;
}

const lostBookings = `SELECT p.session_id FROM race_promises p LEFT JOIN sessions s ON s.id = p.session_id AND s.platform_id = $1
  WHERE p.kind = 'booked' AND s.accepted_at IS NULL LIMIT 10`;
const untoldBookings = `SELECT s.id, s.phase FROM sessions s WHERE s.platform_id = $1 AND s.accepted_at IS NOT NULL
  AND s.series_id IS NULL AND NOT EXISTS (SELECT FROM race_promises p WHERE p.kind = 'booked' AND p.session_id = s.id) LIMIT 10`;
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
