import type { Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { scheduleTask } from "#lib/db/jobs.ts";
import { warningMinutes } from "./warn-session.ts";

interface Ending {
  readonly id: string;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
}

/** Schedules what is to come before and at the end of a session, or moves it there. */
export async function scheduleEnd(client: Parameters<typeof scheduleTask>[0], session: Ending): Promise<void> {
  await scheduleTask(client, "release", session.id, session.endsAt);
  for (const minutes of warningMinutes(session)) {
    await scheduleTask(client, "warn", session.id, session.endsAt - minutes * 60_000, minutes);
  }
}

/** After a change of its end; one that was not launched has nothing scheduled yet. */
export async function rescheduleEnd(session: Ending & { readonly phase: Phase }): Promise<void> {
  if (session.phase === "ACCEPTED" || session.phase === "WAITING") return;
  await scheduleEnd(database().pool, session);
}
