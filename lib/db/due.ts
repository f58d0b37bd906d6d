import { MOST_LEAD_SECONDS } from "#lib/booking/lead.ts";
import type { Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";

/** What the scheduler's rule has to know of a booking. */
export interface DueSession {
  readonly id: string;
  readonly phase: Phase;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly prepareSeconds: number;
  /** When its platform, which could not end it yet, is asked again. */
  readonly releaseAgainAt: Millis | null;
}

/**
 * The bookings that something may be due for at `now`: those that should have been launched and are not released. The
 * sessions are the schedule: nothing has to be made, moved or removed beside them when a booking is.
 */
export async function dueSessions(now: Millis): Promise<DueSession[]> {
  const { rows } = await database().pool.query<DueSession>({
    name: "due-sessions",
    text: `SELECT s.id, s.phase, (extract(epoch FROM s.starts_at) * 1000)::float8 AS "startsAt",
        (extract(epoch FROM s.ends_at) * 1000)::float8 AS "endsAt", coalesce(s.lead_seconds, p.prepare_seconds) AS "prepareSeconds",
        (extract(epoch FROM s.release_again_at) * 1000)::float8 AS "releaseAgainAt"
      FROM sessions s JOIN platforms p ON p.id = s.platform_id
      WHERE s.accepted_at IS NOT NULL AND s.released_at IS NULL
        AND s.starts_at <= $1::timestamptz + make_interval(secs => (SELECT greatest(max(prepare_seconds), $2) FROM platforms))
        AND s.starts_at <= $1::timestamptz + make_interval(secs => coalesce(s.lead_seconds, p.prepare_seconds))
      ORDER BY s.starts_at`,
    values: [new Date(now), MOST_LEAD_SECONDS],
  });
  return rows;
}
