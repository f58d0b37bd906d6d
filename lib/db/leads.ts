import type { PoolClient } from "pg";
import type { Executable } from "#lib/booking/executable.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";

/** A booking of which nobody has worked out yet how early it is started. */
export interface WithoutLead {
  readonly id: string;
  readonly platformId: string;
  readonly image: string | null;
  readonly slotMinutes: number;
  readonly prepareSeconds: number;
  readonly executable: Executable;
  readonly settings: unknown;
}

/** Those on platforms elsewhere with something to open (a program needs nobody to be ready for), or with data, that start in `(now, until]` and are not launched yet. */
export async function bookingsWithoutLead(now: Millis, until: Millis): Promise<WithoutLead[]> {
  const { rows } = await database().pool.query<WithoutLead>({
    name: "bookings without lead",
    text: `SELECT s.id, s.platform_id AS "platformId", s.executable ->> 'image' AS image, p.slot_minutes AS "slotMinutes",
        p.prepare_seconds AS "prepareSeconds", s.executable, p.settings
      FROM sessions s JOIN platforms p ON p.id = s.platform_id
      WHERE s.accepted_at IS NOT NULL AND s.released_at IS NULL AND s.starts_at > $1 AND s.starts_at <= $2
        AND s.lead_seconds IS NULL AND s.phase IN ('ACCEPTED', 'WAITING') AND (p.provider IS NOT NULL OR s.executable ? 'files')
        AND s.executable ->> 'type' <> 'headless'
      ORDER BY s.starts_at`,
    values: [new Date(now), new Date(until)],
  });
  return rows;
}

/** How long the last `most` starts of an image on a platform took that ended after `since` and fetched no data, in milliseconds. */
export async function startTimes(
  { platformId, image }: Pick<WithoutLead, "platformId" | "image">,
  since: Millis,
  most: number,
): Promise<Millis[]> {
  const { rows } = await database().pool.query<{ took: Millis }>({
    name: "start times",
    text: `SELECT (extract(epoch FROM a.finished_at - a.started_at) * 1000)::float8 AS took
      FROM launch_attempts a JOIN sessions s ON s.id = a.session_id
      WHERE s.platform_id = $1 AND s.executable ->> 'image' IS NOT DISTINCT FROM $2 AND NOT s.executable ? 'files'
        AND a.outcome = 'AVAILABLE' AND a.finished_at > $3
      ORDER BY a.finished_at DESC LIMIT $4`,
    values: [platformId, image, new Date(since), most],
  });
  return rows.map(({ took }) => took);
}

/** Notes how early a booking is started, unless it has been launched meanwhile. */
export async function keepLead(sessionId: string, seconds: number): Promise<void> {
  await database().pool.query({
    name: "keep lead",
    text: "UPDATE sessions SET lead_seconds = $2 WHERE id = $1 AND phase IN ('ACCEPTED', 'WAITING')",
    values: [sessionId, seconds],
  });
}

/**
 * Whether a session has room on its platform from `now` until its slots begin, which the ledger does not hold for it: beside what is
 * booked then, what was started early for a slot later than that, and what is over and not gone yet. Nothing is free that is closed.
 *
 * Until its transaction ends nobody else gets an answer for this platform: two can not count on the same room.
 */
export async function hasRoomEarly(
  client: PoolClient,
  session: { readonly id: string; readonly platform: { readonly id: string } },
  now: Millis,
): Promise<boolean> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('early starts ' || $1, 0))", [session.platform.id]);
  const { rows } = await client.query<{ fits: boolean }>({
    name: "room early",
    text: `SELECT coalesce(bool_and(l.closed IS NULL
        AND coalesce(l.used_cores, 0) + o.cores + s.cores <= coalesce(l.limit_cores, a.limit_cores)
        AND coalesce(l.used_memory_gib, 0) + o.memory_gib + s.memory_gib <= coalesce(l.limit_memory_gib, a.limit_memory_gib)
        AND coalesce(l.used_gpus, 0) + o.gpus + s.gpus <= coalesce(l.limit_gpus, a.limit_gpus)), true) AS fits
      FROM sessions s JOIN platforms p ON p.id = s.platform_id
        CROSS JOIN LATERAL (SELECT * FROM accounts_of(s.platform_id, s.project_id, s.user_id) x WHERE x.kind = 'platform') a
        CROSS JOIN LATERAL slots_between(slot_start($2, p.slot_minutes), s.slots_from, p.slot_minutes) t (slot)
        LEFT JOIN LATERAL (SELECT * FROM ledger WHERE account_id = a.id AND ledger.slot = t.slot) l ON true
        CROSS JOIN LATERAL (SELECT coalesce(sum(x.cores), 0)::int AS cores, coalesce(sum(x.memory_gib), 0)::int AS memory_gib,
            coalesce(sum(x.gpus), 0)::int AS gpus
          FROM sessions x JOIN connectors c ON c.session_id = x.id
          WHERE x.platform_id = s.platform_id AND x.id <> s.id AND x.accepted_at IS NOT NULL AND x.released_at IS NULL
            AND (x.slots_from > t.slot OR x.ends_at <= $2 OR x.phase IN ('CANCELLED', 'FAILED', 'RELEASING'))) o
      WHERE s.id = $1`,
    values: [session.id, new Date(now)],
  });
  return rows[0]?.fits ?? false;
}
