import type { Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { scheduleTask } from "#lib/db/jobs.ts";
import { warningMinutes } from "./warn-session.ts";

/** Moves what is to come before and at the end of a session that was launched; a later one has nothing scheduled yet. */
export async function scheduleEnd(session: {
  readonly id: string;
  readonly phase: Phase;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
}): Promise<void> {
  if (session.phase === "ACCEPTED" || session.phase === "WAITING") return;
  const { pool } = database();
  await scheduleTask(pool, "release", session.id, session.endsAt);
  for (const minutes of warningMinutes(session)) {
    await scheduleTask(pool, "warn", session.id, session.endsAt - minutes * 60_000, minutes);
  }
}
