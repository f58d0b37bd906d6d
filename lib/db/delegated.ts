import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";

/** What a user's bookings ask of what they delegated, for one provider; and how long that is held. */
export interface Need {
  readonly userId: string;
  readonly provider: string;
  readonly createdAt: Millis;
  readonly withdrawnAt: Millis | null;
  /** Bookings that have not begun. */
  readonly coming: number;
  /** What was started and is not known to be gone. */
  readonly running: number;
  /** Repetitions that go on, and places in waiting lists. */
  readonly awaited: number;
  /** When the first of the bookings that are not over starts, and the last ends. */
  readonly firstStart: Millis | null;
  readonly lastEnd: Millis | null;
  /** When the last session was known to be gone. */
  readonly lastReleased: Millis | null;
}

const millisOf = (value: string) => `(extract(epoch FROM ${value}) * 1000)::float8`;

/** What is needed of everything that is held; of one user only, when that is given. */
export async function needs(userId: string | null = null): Promise<Need[]> {
  const { rows } = await database().pool.query<Need>({
    name: "needs of credentials",
    text: `SELECT c.user_id AS "userId", c.provider, ${millisOf("c.created_at")} AS "createdAt",
        ${millisOf("c.withdrawn_at")} AS "withdrawnAt", coalesce(s.coming, 0)::int AS coming, coalesce(s.running, 0)::int AS running,
        (SELECT count(*)::int FROM series r JOIN platforms p ON p.id = r.platform_id
           WHERE r.user_id = c.user_id AND p.provider = c.provider AND r.next_at IS NOT NULL)
        + (SELECT count(*)::int FROM waitlist w JOIN platforms p ON p.id = w.platform_id
           WHERE w.user_id = c.user_id AND p.provider = c.provider AND w.state IN ('WAITING', 'OFFERED')) AS awaited,
        ${millisOf("s.first_start")} AS "firstStart", ${millisOf("s.last_end")} AS "lastEnd",
        ${millisOf(`(SELECT max(x.released_at) FROM sessions x JOIN platforms p ON p.id = x.platform_id
           WHERE x.user_id = c.user_id AND p.provider = c.provider AND x.accepted_at IS NOT NULL)`)} AS "lastReleased"
      FROM credentials c LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE n.session_id IS NULL) AS coming, count(*) FILTER (WHERE n.session_id IS NOT NULL) AS running,
          min(x.starts_at) AS first_start, max(x.ends_at) AS last_end
        FROM sessions x JOIN platforms p ON p.id = x.platform_id LEFT JOIN connectors n ON n.session_id = x.id
        WHERE x.user_id = c.user_id AND p.provider = c.provider AND x.accepted_at IS NOT NULL AND x.released_at IS NULL
      ) s ON true
      WHERE $1::uuid IS NULL OR c.user_id = $1`,
    values: [userId],
  });
  return rows;
}

/** A user whose session starts soon, with the provider they delegated by; once each. */
export async function startingSoon({
  from,
  until,
  provenBefore,
}: {
  from: Millis;
  until: Millis;
  provenBefore: Millis;
}): Promise<{ userId: string; provider: string }[]> {
  const { rows } = await database().pool.query<{ userId: string; provider: string }>({
    name: "starting soon",
    text: `SELECT DISTINCT c.user_id AS "userId", c.provider FROM sessions s JOIN platforms p ON p.id = s.platform_id
        JOIN credentials c ON c.user_id = s.user_id AND c.provider = p.provider
      WHERE s.accepted_at IS NOT NULL AND s.released_at IS NULL AND s.phase IN ('ACCEPTED', 'WAITING')
        AND s.starts_at > $1 AND s.starts_at <= $2 AND c.dead_since IS NULL AND c.withdrawn_at IS NULL AND c.kind = 'oidc'
        AND c.proven_at < $3 AND (c.asks_again_at IS NULL OR c.asks_again_at <= $1)`,
    values: [new Date(from), new Date(until), new Date(provenBefore)],
  });
  return rows;
}

/** A session that is over and still on its platform. */
export interface LeftOver {
  readonly id: string;
  readonly name: string;
  /** Its title. */
  readonly platform: string;
  readonly user: string;
  readonly since: Millis;
  readonly trouble: string;
  readonly againAt: Millis | null;
}

/** Everything that could not be removed from its platform yet, the oldest first. */
export async function leftOvers(): Promise<LeftOver[]> {
  const { rows } = await database().pool.query<LeftOver>({
    name: "left over",
    text: `SELECT s.id, s.name, p.title AS platform, u.name AS user, ${millisOf("s.phase_since")} AS since,
        s.release_trouble AS trouble, ${millisOf("s.release_again_at")} AS "againAt"
      FROM sessions s JOIN platforms p ON p.id = s.platform_id JOIN users u ON u.id = s.user_id
      WHERE s.accepted_at IS NOT NULL AND s.released_at IS NULL AND s.release_trouble IS NOT NULL
      ORDER BY s.phase_since`,
  });
  return rows;
}
