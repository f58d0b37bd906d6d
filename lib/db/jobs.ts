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

/** Of the given tasks those that no worker has to come to: without a job, or with one that was given up. */
export async function idleTasks(
  tasks: readonly { readonly task: SessionTask; readonly id: string }[],
): Promise<{ task: SessionTask; id: string }[]> {
  const keys = tasks.map(({ task, id }) => `${task}:${id}`);
  const { rows } = await database().pool.query<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs WHERE key = ANY ($1) AND locked_at IS NULL AND attempts < max_attempts`,
    [keys],
  );
  const waiting = new Set(rows.map((row) => row.key));
  return tasks.filter(({ task, id }) => !waiting.has(`${task}:${id}`));
}
