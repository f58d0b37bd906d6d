import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { type DueSession, dueSessions } from "#lib/db/due.ts";
import { idleTasks, type SessionTask, scheduleTask } from "#lib/db/jobs.ts";

/**
 * Schedules what is due for every booking and has no job yet. Asked many times a second for what begins and ends (`tasks`),
 * and now and then for everything, so that the crash of a worker or a job given up leaves nothing undone. `decide` is the
 * scheduler's rule. Returns how many jobs it made.
 */
export async function resumeSessions({
  decide,
  tasks = ["launch", "watch", "release"],
  now,
}: {
  decide: (session: DueSession, now: Millis) => SessionTask | null;
  tasks?: readonly SessionTask[];
  now: Millis;
}): Promise<number> {
  const due = (await dueSessions(now)).flatMap((session) => {
    const task = decide(session, now);
    return task && tasks.includes(task) ? [{ task, id: session.id }] : [];
  });
  if (due.length === 0) return 0;
  const missing = await idleTasks(due, now);
  for (const { task, id } of missing) await scheduleTask(database().pool, task, id, now);
  return missing.length;
}
