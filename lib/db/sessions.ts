import { MOST_LEAD_SECONDS } from "#lib/booking/lead.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";
import { type StoredSession, sessionsWhere } from "./stored-session.ts";

export async function findSession(id: string): Promise<StoredSession | null> {
  const [found] = await sessionsWhere("by id", "WHERE s.id = $1", [id]);
  return found ?? null;
}

/** A user's bookings (never mere offers), latest start first, at most `most`. */
export const bookingsOf = (userId: string, most: number): Promise<StoredSession[]> =>
  sessionsWhere("of a user", "WHERE s.user_id = $1 AND s.accepted_at IS NOT NULL ORDER BY s.starts_at DESC LIMIT $2", [
    userId,
    most,
  ]);

/** Longer than any window: what started before that and is not released yet is found by that. */
const LONG_AGO = "interval '8 days'";

/** A user's bookings on a platform that end after `endingAfter`, latest start first, at most `most`. */
export const bookingsAround = (
  userId: string,
  platformId: string,
  endingAfter: Millis,
  most: number,
): Promise<StoredSession[]> =>
  sessionsWhere(
    "around",
    // The ids first, as one value: with IN all the sessions there are would be joined.
    `WHERE s.id = ANY (array(SELECT id FROM sessions WHERE user_id = $1 AND starts_at > $3::timestamptz - ${LONG_AGO} AND accepted_at IS NOT NULL
        UNION SELECT id FROM sessions WHERE user_id = $1 AND platform_id = $2 AND accepted_at IS NOT NULL AND released_at IS NULL))
      AND s.platform_id = $2 AND s.ends_at > $3 ORDER BY s.starts_at DESC LIMIT $4`,
    [userId, platformId, new Date(endingAfter), most],
  );

/** Every booking that is not over, or whose platform has not yet confirmed that nothing is left of it. */
export const unfinishedSessions = (): Promise<StoredSession[]> =>
  sessionsWhere("unfinished", "WHERE s.accepted_at IS NOT NULL AND s.released_at IS NULL ORDER BY s.starts_at", []);

/** What waits until its owner has signed in with a provider again: launches that were put off, and releases, due at once. */
export async function sessionsThatNeed(
  userId: string,
  provider: string,
  now: Millis,
): Promise<{ id: string; task: "launch" | "release" }[]> {
  const { rows } = await database().pool.query<{ id: string; task: "launch" | "release" }>(
    `WITH mine AS (SELECT s.id, s.phase, s.ends_at, s.handle FROM sessions s JOIN platforms p ON p.id = s.platform_id
       WHERE s.user_id = $1 AND p.provider = $2 AND s.accepted_at IS NOT NULL AND s.released_at IS NULL),
     due AS (UPDATE sessions SET release_again_at = NULL WHERE id IN (SELECT id FROM mine) AND release_again_at IS NOT NULL RETURNING id)
     SELECT id, 'launch' AS task FROM mine WHERE phase = 'PREPARING' AND handle IS NULL AND ends_at > $3
     UNION ALL SELECT id, 'release' FROM due`,
    [userId, provider, new Date(now)],
  );
  return rows;
}

/** A user's bookings that are not over, or not removed yet, and that nothing is held for which is good until their end. */
export async function uncoveredSessions(
  userId: string,
  now: Millis,
): Promise<{ id: string; provider: string; startsAt: Millis; endsAt: Millis; isStarted: boolean }[]> {
  const all = await sessionsWhere(
    "that are not covered",
    `WHERE s.user_id = $1 AND s.accepted_at IS NOT NULL AND s.released_at IS NULL AND p.provider IS NOT NULL
       AND (c.session_id IS NOT NULL OR s.ends_at > $2) ORDER BY s.starts_at`,
    [userId, new Date(now)],
  );
  return all.flatMap(({ id, platform: { provider }, startsAt, endsAt, isCovered, handle }) =>
    isCovered || provider === null ? [] : [{ id, provider, startsAt, endsAt, isStarted: handle !== null }],
  );
}

/** For how long a session that ended keeps others waiting until it is really gone. */
const RELEASE_MS = 60_000;

/** How many sessions of a platform ended within the last minute and may still run there. */
export async function countUnreleased(platformId: string, now: Millis): Promise<number> {
  const { rows } = await database().pool.query<{ count: number }>({
    name: "count unreleased",
    text: `SELECT count(*)::int FROM sessions s JOIN connectors c ON c.session_id = s.id
      WHERE s.platform_id = $1 AND s.accepted_at IS NOT NULL AND s.released_at IS NULL
        AND s.starts_at <= $2::timestamptz + make_interval(secs => $4)
        AND ((s.ends_at <= $2 AND s.ends_at > $3) OR (s.phase IN ('CANCELLED', 'FAILED', 'RELEASING') AND s.phase_since > $3))`,
    values: [platformId, new Date(now), new Date(now - RELEASE_MS), MOST_LEAD_SECONDS],
  });
  return rows[0]?.count ?? 0;
}

/** Which of the names are those of sessions of ours, whether they are over or not. */
export async function knownNames(names: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await database().pool.query<{ name: string }>({
    name: "known names",
    text: "SELECT name FROM sessions WHERE name = ANY ($1::text[])",
    values: [names],
  });
  return new Set(rows.map((row) => row.name));
}
