import { shortestEnd } from "#lib/booking/extension.ts";
import { isLive, isOver, type Phase } from "#lib/booking/phase.ts";
import { type Millis, slotLength } from "#lib/booking/slot.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { bookingsOf, findSession } from "#lib/db/sessions.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { notLaunched, notOver } from "./change-booking.ts";
import { longestExtensionOf } from "./extend-session.ts";
import { lastLog } from "./last-log.ts";
import { launcherOf } from "./launcher-of.ts";
import { platformReadiness } from "./platform-readiness.ts";

/** A person's bookings, latest start first; the last 200. */
export const readSessions = (userId: string): Promise<StoredSession[]> => bookingsOf(userId, 200);

/** One booking of that person with its history and its log; null when there is none of theirs by that id. */
export async function readSession(
  sessionId: string,
  user: { readonly id: string; readonly name: string },
  now: Millis,
) {
  const session = await findSession(sessionId);
  if (!session || session.user.id !== user.id || session.acceptedAt === null) return null;
  const [events, log, extend, trouble] = await Promise.all([
    sessionHistory(sessionId),
    readLog(session),
    longestExtensionOf({ sessionId, user, now }),
    troubleFor(session, now),
  ]);
  const enforced = launcherOf(session.platform).enforced(session.resources);
  return { session, events, log, enforced, trouble, changes: { extend, ...otherChanges(session, now) } };
}

/** By how many slots it could be shortened now, and whether it could be moved. */
function otherChanges(session: StoredSession, now: Millis): { shorten: number; move: boolean } {
  const isOpen = (notOver as readonly Phase[]).includes(session.phase) && now < session.endsAt;
  if (!isOpen) return { shorten: 0, move: false };
  const { startsAt, endsAt, span } = session;
  const rule = { slotMinutes: session.slotMinutes, windowHours: 0 };
  const shorten = Math.floor(
    (endsAt - shortestEnd({ startsAt, slotsFrom: span.start, endsAt }, rule, now)) / slotLength(rule),
  );
  return { shorten, move: (notLaunched as readonly Phase[]).includes(session.phase) };
}

/** Whoever starts later than this need not be told what is wrong now. */
const SOON_MS = 3_600_000;

/** Why the platform elsewhere that this session is on, or soon will be, can run nothing now. */
async function troubleFor({ platform, phase, startsAt }: StoredSession, now: Millis) {
  if (platform.provider === null || isOver(phase) || startsAt > now + SOON_MS) return null;
  const readiness = await platformReadiness(platform, now);
  return readiness.ready ? null : { why: readiness.why, cure: readiness.cure };
}

/** What the server wrote, while it runs; what was kept of it, afterwards. */
async function readLog(session: StoredSession): Promise<string> {
  const running = isLive(session.phase) || session.phase === "PREPARING";
  if (!running || session.handle === null || isOver(session.phase)) return session.lastLog ?? "";
  return lastLog(session.platform, session.handle, AbortSignal.timeout(5000));
}
