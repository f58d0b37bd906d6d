import type { PoolClient } from "pg";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";
import { correlationId } from "./correlation.ts";
import { storable } from "./storable.ts";

/** Something that happened to a session and is no change of phase: those write themselves. */
export type SessionEvent = "LINK" | "WARNED" | "RETRIED" | "RESTARTED" | "IDLE";

/** Appends an event to a session's history and tells whoever looks at it. */
export async function recordEvent(
  client: PoolClient,
  sessionId: string,
  event: { event: SessionEvent; who: string; why: string; now: Millis },
): Promise<void> {
  await client.query(
    `INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, why, correlation_id) VALUES ($1, $2, 'session', $3, $4, $5, $6)`,
    [new Date(event.now), event.who, sessionId, event.event, storable(event.why), correlationId()],
  );
  await tell(client, sessionId);
}

/** Records that a session is tried again and why, unless `before`, what was in the way last, says the same. */
export async function recordRetry(
  client: PoolClient,
  sessionId: string,
  { why, before, now }: { why: string; before: string | null; now: Millis },
): Promise<void> {
  if (why !== before) await recordEvent(client, sessionId, { event: "RETRIED", who: "meridian", why, now });
}

/** Tells whoever looks at a session, once what happened to it is committed. */
export async function tell(client: PoolClient, sessionId: string): Promise<void> {
  await client.query(
    `SELECT pg_notify('meridian', json_build_object('session', id, 'user', user_id)::text) FROM sessions WHERE id = $1`,
    [sessionId],
  );
}

/** The number of the last event of the audit. */
export async function lastEvent(): Promise<string> {
  const { rows } = await database().pool.query<{ last: string }>(
    "SELECT coalesce(max(id), 0)::text AS last FROM audit_events",
  );
  return rows[0]?.last ?? "0";
}

/** One line of a session's history. `phase`: the new one, where the phase changed. */
export interface StoredEvent {
  readonly at: Millis;
  readonly event: string;
  readonly phase: string | null;
  readonly actor: string;
  readonly why: string | null;
}

/** A session's history, oldest first. */
export async function sessionHistory(sessionId: string): Promise<StoredEvent[]> {
  const rows = await database().prisma.auditEvent.findMany({
    where: { subjectId: sessionId, subjectKind: "session" },
    orderBy: { id: "asc" },
  });
  return rows.map(({ at, event, actor, why, after }) => ({
    at: at.getTime(),
    event,
    phase: after && typeof after === "object" && !Array.isArray(after) ? String(after.phase) : null,
    actor,
    why,
  }));
}
