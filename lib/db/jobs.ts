import type { Pool, PoolClient } from "pg";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";

/** What the worker can be asked to do for one session. */
export type SessionTask = "launch" | "watch" | "warn" | "release";

/** A release before a launch of the same moment; then in the order of their times. */
const priority: Record<SessionTask, number> = { release: -10, launch: 0, watch: 5, warn: 10 };

/**
 * Schedules a task for a session. There is one job of a name for a session: asking again moves it. Give the client of a
 * transaction, and the job exists exactly when what caused it is committed.
 *
 * @param mark tells apart several jobs of one task, as the warnings of 10 and 2 minutes.
 */
export async function scheduleTask(
  client: Pool | PoolClient,
  task: SessionTask,
  sessionId: string,
  runAt: Millis,
  mark: number | null = null,
): Promise<void> {
  await client.query({
    name: "schedule-task",
    text: `SELECT graphile_worker.add_job($1, $2::json, run_at := $3, job_key := $4, priority := $5, max_attempts := 5)`,
    values: [
      task,
      JSON.stringify({ sessionId, ...(mark === null ? {} : { mark }) }),
      new Date(runAt),
      [task, sessionId, ...(mark === null ? [] : [mark])].join(":"),
      priority[task],
    ],
  });
}

/** Whether a task of a session comes by itself, whenever that is. */
export async function isScheduled(task: SessionTask, sessionId: string): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    "SELECT FROM graphile_worker.jobs WHERE key = $1 AND locked_at IS NULL AND attempts < max_attempts",
    [`${task}:${sessionId}`],
  );
  return rowCount === 1;
}

/** A job within so long of its time is left to come by itself. A launch waits longer: it looks for room before its time now and then. */
const soonMs: Record<SessionTask, number> = { launch: 5_000, watch: 1_000, warn: 1_000, release: 1_000 };

/**
 * Of the given tasks, all due at `now`, those that no worker comes to: without a job, with one that was given up, or with one
 * for later, as the release at the end of a session that was cancelled. One that failed waits for its next try.
 */
export async function idleTasks(
  tasks: readonly { readonly task: SessionTask; readonly id: string }[],
  now: Millis,
): Promise<{ task: SessionTask; id: string }[]> {
  const keys = tasks.map(({ task, id }) => `${task}:${id}`);
  const { rows } = await database().pool.query<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs JOIN unnest($1::text[], $2::timestamptz[]) asked (key, soon) USING (key)
     WHERE locked_at IS NULL AND attempts < max_attempts AND (run_at <= soon OR attempts > 0)`,
    [keys, tasks.map(({ task }) => new Date(now + soonMs[task]))],
  );
  const waiting = new Set(rows.map((row) => row.key));
  return tasks.filter(({ task, id }) => !waiting.has(`${task}:${id}`));
}
