import { phasesBefore } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { transaction } from "#lib/db/client.ts";
import { endSessions } from "#lib/db/ledger.ts";
import { finishAttempt, keepLog } from "#lib/db/runs.ts";

/**
 * Ends a session as FAILED with a sentence and the last lines of its log; what it has not used goes back, and what may be
 * left of it on the platform is removed by the job `release`. Does nothing when the session is over already.
 */
export async function failSession(sessionId: string, why: string, log: string, now: Millis): Promise<void> {
  if (log !== "") await keepLog(sessionId, log);
  await transaction((client) => finishAttempt(client, sessionId, { outcome: "FAILED", message: why }, now));
  await endSessions([sessionId], { before: phasesBefore("FAILED"), after: "FAILED", why }, "meridian", now);
}
