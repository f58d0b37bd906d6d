import type { Task, TaskList } from "graphile-worker";
import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";
import { launchSession } from "#lib/broker/launch-session.ts";
import { releaseSession } from "#lib/broker/release-session.ts";
import { warnSession } from "#lib/broker/warn-session.ts";
import { watchSession } from "#lib/broker/watch-session.ts";
import { database } from "#lib/db/client.ts";
import { asOneAction } from "#lib/db/correlation.ts";
import { type SessionTask, scheduleTask } from "#lib/db/jobs.ts";
import type { SessionLocks } from "#lib/db/session-lock.ts";

const payload = z.object({ sessionId: z.uuid(), mark: z.number().optional() });

/** How soon a task comes back to a session that another one is busy with. */
const BUSY_MS = 200;

/**
 * The worker's tasks, each a few lines over a step of the broker. One at a time works on a session.
 *
 * @param clock the current time, asked for at each step
 * @param signal aborted when the worker stops: calls to a platform end then, and the next worker goes on
 */
export function makeTasks(locks: SessionLocks, clock: () => Millis, signal: AbortSignal): TaskList {
  const forSession =
    (name: SessionTask, step: (sessionId: string, mark: number) => Promise<void>): Task =>
    async (input) => {
      const { sessionId, mark } = payload.parse(input);
      const done = await locks.whileHolding(sessionId, () => asOneAction(() => step(sessionId, mark ?? 0)));
      if (!done) await scheduleTask(database().pool, name, sessionId, clock() + BUSY_MS, mark ?? null);
    };
  return {
    launch: forSession("launch", (sessionId) => launchSession({ sessionId, now: clock(), clock, signal })),
    watch: forSession("watch", (sessionId) => watchSession({ sessionId, clock, signal })),
    warn: forSession("warn", (sessionId, minutes) => warnSession({ sessionId, minutes, now: clock() })),
    release: forSession("release", (sessionId) => releaseSession({ sessionId, now: clock(), clock, signal })),
  };
}
