import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";

/** A job of the queue. */
export interface DueJob {
  readonly id: string;
  readonly task: string;
  readonly payload: unknown;
}

/**
 * A session that answers is looked at every two seconds. In a month that would be millions of looks; here they are this
 * far apart.
 */
const LOOK_EVERY = "30 minutes";

const jobs = `SELECT j.id, t.identifier AS task, j.payload, j.priority,
    j.run_at + CASE WHEN t.identifier = 'watch' AND c.status = 'AVAILABLE' THEN interval '${LOOK_EVERY}' ELSE interval '0' END AS due_at
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    LEFT JOIN connectors c ON c.session_id = (j.payload ->> 'sessionId')::uuid
  WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts`;

/** When something is due next after `now`: a job, an offer's expiry, a booking's start or end; null when nothing is. */
export async function nextDueAt(now: Millis): Promise<Millis | null> {
  const { rows } = await database().pool.query<{ at: Date | null }>(
    `SELECT least((SELECT min(greatest(due_at, $1)) FROM (${jobs}) j),
       (SELECT min(expires_at) FROM sessions WHERE accepted_at IS NULL AND released_at IS NULL AND expires_at > $1),
       (SELECT min(starts_at) FROM sessions WHERE accepted_at IS NOT NULL AND released_at IS NULL AND starts_at > $1),
       (SELECT min(ends_at) FROM sessions WHERE accepted_at IS NOT NULL AND released_at IS NULL AND ends_at > $1)) AS at`,
    [new Date(now)],
  );
  const at = rows[0]?.at?.getTime();
  // The database's times are finer than a millisecond.
  return at === undefined ? null : at + 1;
}

/** Takes up to `most` due jobs as a worker does: they are locked, and stay so when the worker dies. */
export async function takeJobs(now: Millis, most: number): Promise<DueJob[]> {
  const { rows } = await database().pool.query<DueJob>(
    `WITH taken AS (SELECT * FROM (${jobs}) j WHERE due_at <= $1 ORDER BY priority, due_at, id LIMIT $2),
       locked AS (UPDATE graphile_worker._private_jobs p SET locked_at = $1, locked_by = 'replay', attempts = attempts + 1
         FROM taken WHERE p.id = taken.id)
     SELECT id, task, payload FROM taken ORDER BY priority, due_at, id`,
    [new Date(now), most],
  );
  return rows;
}

/** The job is done. */
export async function finishJob(id: string): Promise<void> {
  await database().pool.query("DELETE FROM graphile_worker._private_jobs WHERE id = $1", [id]);
}

/** The job failed and comes again, later each time. */
export async function retryJob(id: string, now: Millis): Promise<void> {
  await database().pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL,
       run_at = $2::timestamptz + make_interval(secs => exp(least(attempts, 10))) WHERE id = $1`,
    [id, new Date(now)],
  );
}
