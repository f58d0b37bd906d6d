import type { ExecutionRequest } from "#lib/booking/request.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { announce } from "./announce.ts";
import { database } from "./client.ts";
import type { Booker } from "./ledger.ts";

/** WAITING, then OFFERED; then over: booked, not accepted in time, released, withdrawn, or no room until its last start. */
export type WaitState = "WAITING" | "OFFERED" | "BOOKED" | "MISSED" | "DECLINED" | "WITHDRAWN" | "OVER";

/** Somebody's place in the waiting list of a platform. */
export interface StoredWait extends Booker {
  readonly id: string;
  readonly request: ExecutionRequest;
  readonly state: WaitState;
  readonly joinedAt: Millis;
  /** The last start that was asked for. */
  readonly until: Millis;
  readonly offerSetId: string | null;
}

type Row = Awaited<ReturnType<ReturnType<typeof database>["prisma"]["waitlistEntry"]["findFirstOrThrow"]>>;

const toWait = (row: Row): StoredWait => ({
  id: row.id,
  platformId: row.platformId,
  projectId: row.projectId,
  userId: row.userId,
  request: row.request as unknown as ExecutionRequest,
  state: row.state as WaitState,
  joinedAt: row.joinedAt.getTime(),
  until: row.untilAt.getTime(),
  offerSetId: row.offerSetId,
});

/**
 * Puts somebody into the list, unless they wait for the same thing or in `most` places already: SQL function
 * `join_waitlist`, one statement. Returns what is in the way, or null.
 */
export async function addWait(
  wait: Booker & { id: string; request: ExecutionRequest; until: Millis },
  most: number,
  now: Millis,
): Promise<"same" | "many" | null> {
  const { rows } = await database().pool.query<{ found: "same" | "many" | null }>(
    "SELECT join_waitlist($1, $2, $3, $4, $5, $6, $7, $8) AS found",
    [
      wait.id,
      wait.platformId,
      wait.projectId,
      wait.userId,
      JSON.stringify(wait.request),
      new Date(wait.until),
      most,
      new Date(now),
    ],
  );
  const found = rows[0]?.found ?? null;
  if (found === null) announce([{ session: wait.id, user: wait.userId }]);
  return found;
}

/** Takes somebody out of the list who still waits; false when they do not. */
export async function withdrawWait(id: string, userId: string, now: Millis): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `UPDATE waitlist SET state = 'WITHDRAWN', state_since = $3 WHERE id = $1 AND user_id = $2 AND state = 'WAITING'`,
    [id, userId, new Date(now)],
  );
  announce([{ session: id, user: userId }]);
  return rowCount === 1;
}

export async function findWait(id: string): Promise<StoredWait | null> {
  const row = await database().prisma.waitlistEntry.findUnique({ where: { id } });
  return row && toWait(row);
}

/** Where a user waits on a platform, in the order they joined. */
export async function waitsOf(userId: string, platformId: string): Promise<StoredWait[]> {
  const rows = await database().prisma.waitlistEntry.findMany({
    where: { userId, platformId, state: { in: ["WAITING", "OFFERED"] } },
    orderBy: { joinedAt: "asc" },
  });
  return rows.map(toWait);
}

/** The platforms that somebody waits for, or was offered something by the list. */
export async function awaitedPlatforms(): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>({
    name: "awaited-platforms",
    text: `SELECT p.id FROM platforms p WHERE EXISTS
      (SELECT FROM waitlist w WHERE w.platform_id = p.id AND w.state IN ('WAITING', 'OFFERED'))`,
  });
  return rows.map((row) => row.id);
}

/** Whether anybody waits for a platform. */
export async function isAwaited(platformId: string): Promise<boolean> {
  const { rows } = await database().pool.query<{ awaited: boolean }>({
    name: "is-awaited",
    text: `SELECT EXISTS (SELECT FROM waitlist WHERE platform_id = $1 AND state = 'WAITING') AS awaited`,
    values: [platformId],
  });
  return rows[0]?.awaited ?? false;
}

/**
 * Ends what is over in the list of a platform: offers that were booked, released or not accepted in time, those whose last
 * start has passed, and those of people who left the project. Whose offer an administrator took back in time waits on.
 */
export async function settleWaits(platformId: string, now: Millis): Promise<void> {
  const { rows } = await database().pool.query<{ session: string; user: string }>({
    name: "settle-waits",
    text: `UPDATE waitlist w SET state_since = $2, state = CASE
        WHEN w.state = 'WAITING' THEN 'OVER'
        WHEN EXISTS (SELECT FROM sessions s WHERE s.offer_set_id = w.offer_set_id AND s.accepted_at IS NOT NULL) THEN 'BOOKED'
        WHEN EXISTS (SELECT FROM sessions s JOIN users u ON u.id = s.user_id
          WHERE s.offer_set_id = w.offer_set_id AND s.phase = 'REJECTED' AND s.moved_by = u.name) THEN 'DECLINED'
        WHEN w.until_at >= $2 AND EXISTS (SELECT FROM sessions s
          WHERE s.offer_set_id = w.offer_set_id AND s.phase = 'REJECTED' AND s.phase_since < s.expires_at) THEN 'WAITING'
        ELSE 'MISSED' END
      WHERE w.platform_id = $1 AND ((w.state = 'WAITING' AND (w.until_at < $2
          OR NOT EXISTS (SELECT FROM project_members m WHERE m.user_id = w.user_id AND m.project_id = w.project_id)))
        OR (w.state = 'OFFERED' AND EXISTS (SELECT FROM offer_sets o WHERE o.id = w.offer_set_id
          AND (o.closed_at IS NOT NULL OR o.expires_at <= $2))))
      RETURNING w.id AS session, w.user_id AS user`,
    values: [platformId, new Date(now)],
  });
  announce(rows);
}

/**
 * Who waits for a platform, the first `most` in the order they joined, and which share of the platform's core-hours of
 * the window before each of them had.
 */
export async function waitingFor(
  platformId: string,
  most: number,
  now: Millis,
): Promise<(StoredWait & { readonly share: number; readonly userName: string })[]> {
  const rows = await database().prisma.waitlistEntry.findMany({
    where: { platformId, state: "WAITING" },
    orderBy: { joinedAt: "asc" },
    take: most,
    include: { user: { select: { name: true } } },
  });
  if (rows.length === 0) return [];
  const { rows: shares } = await database().pool.query<{ user: string; share: number }>(
    `SELECT a.user_id AS user, (sum(l.used_cores)::float8 / nullif(whole.cores, 0)) AS share
     FROM platforms p JOIN accounts a ON a.platform_id = p.id AND a.kind = 'user' AND a.user_id = ANY ($2)
       JOIN ledger l ON l.account_id = a.id AND l.slot < $3 AND l.slot >= $3::timestamptz - make_interval(hours => p.window_hours),
       LATERAL (SELECT w.limit_cores * (p.window_hours * 60.0 / p.slot_minutes) AS cores FROM accounts w
         WHERE w.platform_id = p.id AND w.kind = 'platform') whole
     WHERE p.id = $1 GROUP BY a.user_id, whole.cores`,
    [platformId, rows.map((row) => row.userId), new Date(now)],
  );
  const shareOf = new Map(shares.map(({ user, share }) => [user, share ?? 0]));
  return rows.map((row) => ({ ...toWait(row), share: shareOf.get(row.userId) ?? 0, userName: row.user.name }));
}
