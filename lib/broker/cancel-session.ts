import { canCancel, phasesBefore } from "#lib/booking/phase.ts";
import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { endSessions } from "#lib/db/ledger.ts";
import { findSession } from "#lib/db/sessions.ts";

/**
 * Cancels a booking, before or during its run: the slots from the running one on are free at once, and the worker ends
 * what runs. Cancelling again is a yes. Refuses somebody else's session as not found, and one that ended otherwise.
 */
export async function cancelSession({
  sessionId,
  user,
  now,
}: {
  sessionId: string;
  user: { readonly id: string; readonly name: string };
  now: Millis;
}): Promise<Result<null>> {
  const session = await findSession(sessionId);
  if (!session || session.user.id !== user.id || session.acceptedAt === null) return no("NOT_FOUND");
  const before = phasesBefore("CANCELLED").filter(canCancel);
  const why = "Cancelled by its owner; what was left of its time is free for others.";
  const ended = await endSessions([sessionId], { before, after: "CANCELLED", why }, user.name, now);
  if (ended.length > 0) return yes(null);
  const found = await findSession(sessionId);
  return found?.phase === "CANCELLED" ? yes(null) : no("ALREADY_OVER");
}
