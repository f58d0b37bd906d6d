import type { PoolClient } from "pg";
import type { ConnectorStatus } from "#lib/booking/connector.ts";
import { type Phase, phasesBefore } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { tell } from "./audit.ts";
import { database, transaction } from "./client.ts";
import { correlationId } from "./correlation.ts";
import { storable } from "./storable.ts";

/** Who moves a session into a phase, and why. */
export interface Move {
  readonly to: Phase;
  readonly who: string;
  readonly why: string | null;
  readonly now: Millis;
  /** Only while it still has this start: it may have been moved since it was read. */
  readonly startsAt?: Millis;
  /** Only when its time is over: it may have been extended since it was read. */
  readonly isOver?: true;
}

/**
 * Moves a session if it is in a phase that allows it; false when it is elsewhere by now. Only for moves that leave the
 * ledger alone: {@link endSessions} does the others.
 */
export async function moveSession(client: PoolClient, sessionId: string, move: Move): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE sessions SET phase = $2, phase_since = $3, moved_by = $4, reason = $5, correlation_id = $7
     WHERE id = $1 AND phase = ANY ($6) AND ($8::timestamptz IS NULL OR starts_at = $8) AND ($9::boolean IS NULL OR ends_at <= $3)`,
    [
      sessionId,
      move.to,
      new Date(move.now),
      move.who,
      move.why,
      phasesBefore(move.to),
      correlationId(),
      move.startsAt === undefined ? null : new Date(move.startsAt),
      move.isOver ?? null,
    ],
  );
  if (rowCount !== 1) return false;
  await tell(client, sessionId);
  return true;
}

/**
 * Sets the state of the link to the running thing; `location` without its secret, null when there is nothing to open. What was
 * noted before is over.
 */
export async function setConnector(
  client: PoolClient,
  sessionId: string,
  connector: { status: ConnectorStatus; location: URL | null },
  now: Millis,
): Promise<void> {
  await client.query(
    `INSERT INTO connectors (session_id, kind, status, protocol, location, changed_at)
     SELECT id, CASE executable->>'type' WHEN 'notebook' THEN 'urn:jupyter-notebook' WHEN 'headless' THEN 'urn:headless'
         ELSE 'urn:canfar-' || (executable->>'type') END,
       $2, upper(coalesce(split_part($3::text, ':', 1), 'http')), $3, $4
     FROM sessions WHERE id = $1
     ON CONFLICT (session_id) DO UPDATE SET status = excluded.status, protocol = excluded.protocol,
       location = excluded.location, changed_at = excluded.changed_at, note = NULL`,
    [sessionId, connector.status, connector.location?.href ?? null, new Date(now)],
  );
}

/** Notes what one waits for until the link answers; null: nothing special. A trigger tells whoever looks. */
export async function keepNote(client: PoolClient, sessionId: string, note: string | null): Promise<void> {
  await client.query("UPDATE connectors SET note = $2 WHERE session_id = $1", [sessionId, note && storable(note)]);
}

/** Begins a launch attempt and returns its number, from 1. An attempt that a crash left open is closed as interrupted. */
export async function beginAttempt(client: PoolClient, sessionId: string, now: Millis): Promise<number> {
  await client.query(
    `UPDATE launch_attempts SET finished_at = $2, outcome = 'INTERRUPTED' WHERE session_id = $1 AND outcome IS NULL`,
    [sessionId, new Date(now)],
  );
  const { rows } = await client.query<{ number: number }>(
    `INSERT INTO launch_attempts (session_id, number, started_at)
     SELECT $1, coalesce(max(number), 0) + 1, $2 FROM launch_attempts WHERE session_id = $1 RETURNING number`,
    [sessionId, new Date(now)],
  );
  return rows[0]?.number ?? 1;
}

/** Ends the open launch attempt of a session, if there is one. `untouched`: nothing was asked of its platform in it. */
export async function finishAttempt(
  client: PoolClient,
  sessionId: string,
  end: { outcome: "AVAILABLE" | "FAILED" | "PUT_OFF"; message: string | null; untouched?: boolean },
  now: Millis,
): Promise<void> {
  await client.query(
    `UPDATE launch_attempts SET finished_at = $2, outcome = $3, message = $4, untouched = $5 WHERE session_id = $1 AND outcome IS NULL`,
    [sessionId, new Date(now), end.outcome, end.message && storable(end.message), end.untouched ?? false],
  );
}

/** How many launch attempts of a session failed, were put off for a reason out of our hands, or were cut off by a crash. */
export async function countAttempts(sessionId: string, outcome: "FAILED" | "PUT_OFF" | "INTERRUPTED"): Promise<number> {
  return database().prisma.launchAttempt.count({ where: { sessionId, outcome } });
}

/** What the last attempt that did not work said; null when there was none. */
export async function lastTrouble(sessionId: string): Promise<string | null> {
  const last = await database().prisma.launchAttempt.findFirst({
    where: { sessionId, outcome: { in: ["FAILED", "PUT_OFF"] } },
    orderBy: { number: "desc" },
    select: { message: true },
  });
  return last?.message ?? null;
}

/** Keeps what the launcher needs to find the session again. */
export async function keepHandle(sessionId: string, handle: object): Promise<void> {
  await database().pool.query("UPDATE sessions SET handle = $2, released_at = NULL WHERE id = $1", [
    sessionId,
    JSON.stringify(handle),
  ]);
}

/** The session is not there any more and has to be launched again. */
export async function forgetHandle(client: PoolClient, sessionId: string): Promise<void> {
  await client.query("UPDATE sessions SET handle = NULL WHERE id = $1", [sessionId]);
}

/** Notes since when a session is known to be unused. */
export async function setIdleSince(client: PoolClient, sessionId: string, since: Millis): Promise<void> {
  await client.query("UPDATE sessions SET idle_since = $2 WHERE id = $1", [sessionId, new Date(since)]);
}

/** Notes when a session was last seen in use; what was said of its being unused is over. */
export async function noteUse(client: PoolClient, sessionId: string, at: Millis): Promise<void> {
  await client.query("UPDATE sessions SET last_used_at = $2, idle_since = NULL WHERE id = $1", [
    sessionId,
    new Date(at),
  ]);
  await tell(client, sessionId);
}

/** Keeps the last lines of a session's log. */
export async function keepLog(sessionId: string, log: string): Promise<void> {
  await database().pool.query("UPDATE sessions SET last_log = $2 WHERE id = $1", [sessionId, storable(log)]);
}

/** Keeps why a session that is over is still on its platform; that is not asked again before `againAt`. */
export async function keepReleaseTrouble(sessionId: string, why: string, againAt: Millis): Promise<void> {
  await transaction(async (client) => {
    const { rows } = await client.query<{ is_news: boolean }>(
      `UPDATE sessions s SET release_trouble = $2, release_again_at = $3 FROM sessions before
       WHERE s.id = $1 AND before.id = s.id RETURNING before.release_trouble IS DISTINCT FROM $2 AS is_news`,
      [sessionId, storable(why), new Date(againAt)],
    );
    if (rows[0]?.is_news) await tell(client, sessionId);
  });
}

/** Notes that nothing of the session is left on its platform, and that its link is finished. */
export async function markReleased(client: PoolClient, sessionId: string, now: Millis): Promise<void> {
  await client.query("UPDATE sessions SET released_at = $2, release_again_at = NULL WHERE id = $1", [
    sessionId,
    new Date(now),
  ]);
  await client.query(
    `UPDATE connectors SET status = 'FINISHED', location = NULL, note = NULL, changed_at = $2 WHERE session_id = $1 AND status <> 'FINISHED'`,
    [sessionId, new Date(now)],
  );
}
