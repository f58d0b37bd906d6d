import { isLive } from "#lib/booking/phase.ts";
import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { transaction } from "#lib/db/client.ts";
import { moveSession } from "#lib/db/runs.ts";
import { findSession } from "#lib/db/sessions.ts";
import { launcherFor } from "#lib/launch/registry.ts";

/**
 * The address with which the owner enters the running notebook; from then on the session is RUNNING. The address carries
 * a secret: redirect to it, never store or log it. Refuses somebody else's session as not found.
 */
export async function openSession({
  sessionId,
  user,
  now,
  signal,
}: {
  sessionId: string;
  user: { readonly id: string; readonly name: string };
  now: Millis;
  signal: AbortSignal;
}): Promise<Result<URL>> {
  const session = await findSession(sessionId);
  if (!session || session.user.id !== user.id || session.acceptedAt === null) return no("NOT_FOUND");
  if (!isLive(session.phase)) return no(session.acceptedAt && session.endsAt <= now ? "ALREADY_OVER" : "NOT_YET");
  if (session.connector !== "AVAILABLE" || session.handle === null) return no("NOT_YET");
  const address = await launcherFor(session.platform.kind).open(session.handle, signal);
  if (session.phase === "AVAILABLE") {
    const why = "Opened by its owner.";
    await transaction((client) => moveSession(client, sessionId, { to: "RUNNING", who: user.name, why, now }));
  }
  return yes(address);
}
