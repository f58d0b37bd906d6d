import { isLive, isOver } from "#lib/booking/phase.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { bookingsOf, findSession, type StoredSession } from "#lib/db/sessions.ts";
import { launcherFor } from "#lib/launch/registry.ts";
import { lastLog } from "./last-log.ts";

/** A person's bookings, latest start first; the last 200. */
export const readSessions = (userId: string): Promise<StoredSession[]> => bookingsOf(userId, { most: 200 });

/** One booking of that person with its history and its log; null when there is none of theirs by that id. */
export async function readSession(sessionId: string, userId: string) {
  const session = await findSession(sessionId);
  if (!session || session.user.id !== userId || session.acceptedAt === null) return null;
  const [events, log] = await Promise.all([sessionHistory(sessionId), readLog(session)]);
  return { session, events, log, enforced: launcherFor(session.platform.kind).enforced(session.resources) };
}

/** What the server wrote, while it runs; what was kept of it, afterwards. */
async function readLog(session: StoredSession): Promise<string> {
  const running = isLive(session.phase) || session.phase === "PREPARING";
  if (!running || session.handle === null || isOver(session.phase)) return session.lastLog ?? "";
  return lastLog(session.platform.kind, session.handle, AbortSignal.timeout(5000));
}
