import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { idleTasks, type SessionTask, scheduleTask } from "#lib/db/jobs.ts";
import { type StoredSession, unfinishedSessions } from "#lib/db/sessions.ts";

/**
 * Schedules what is due for every unfinished booking and has no job: the crash of a worker or a job given up leaves
 * nothing undone. `decide` is the scheduler's rule. Returns how many jobs it made.
 */
export async function resumeSessions({
  decide,
  now,
}: {
  decide: (session: StoredSession, now: Millis) => SessionTask | null;
  now: Millis;
}): Promise<number> {
  const due = (await unfinishedSessions()).flatMap((session) => {
    const task = decide(session, now);
    return task ? [{ task, id: session.id }] : [];
  });
  const missing = await idleTasks(due);
  for (const { task, id } of missing) await scheduleTask(database().pool, task, id, now);
  return missing.length;
}
