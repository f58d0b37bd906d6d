import { neverAnswered } from "#lib/booking/executable.ts";
import { isLive, isOver } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { transaction } from "#lib/db/client.ts";
import { keepLog, keepReleaseTrouble, lastTrouble, markReleased, moveSession } from "#lib/db/runs.ts";
import { findSession } from "#lib/db/sessions.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { LaunchError, LOG_LINES } from "#lib/launch/launcher.ts";
import { withinTime } from "#lib/time-limit.ts";
import { failSession } from "./fail-session.ts";
import { launcherOf } from "./launcher-of.ts";
import type { PlatformStep } from "./platform-step.ts";
import { spread } from "./spread.ts";

/** How soon a platform that could not remove a session is asked again, at first and at the most seldom. */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** How long a platform may take to give a log before the session is removed without it. */
const LOG_MS = 15_000;

/**
 * Removes a session from its platform: at its end, and after it was cancelled or failed. A session that runs on is left
 * alone. A session is not released before the platform says that nothing of it is left: until then it is kept why not, for its
 * owner and for the administrators, and the platform is asked again, more and more seldom.
 */
export async function releaseSession({ sessionId, now, clock, signal }: PlatformStep): Promise<void> {
  let session = await findSession(sessionId);
  if (!session || session.acceptedAt === null || session.releasedAt !== null) return;
  if (!isOver(session.phase) && session.phase !== "RELEASING") {
    if (now < session.endsAt) return;
    session = await atItsEnd(session, now);
    if (!session) return;
  }
  const trouble = await removeFromPlatform(session, signal);
  const done = clock();
  if (trouble && !isForgotten(session, done))
    return keepReleaseTrouble(session.id, trouble.message, done + waitFor(session, trouble, done));
  await transaction(async (client) => {
    await moveSession(client, sessionId, {
      to: "COMPLETED",
      who: "meridian",
      why: session.reason ?? "Its time is over.",
      now: done,
    });
    await markReleased(client, sessionId, done);
  });
}

/** The slot is over: what runs is released, what never ran has failed. */
async function atItsEnd(session: StoredSession, now: Millis): Promise<StoredSession | null> {
  if (isLive(session.phase)) {
    const move = { to: "RELEASING", who: "meridian", why: "Its time is over.", now, isOver: true } as const;
    // Extended at the last moment: it runs on, and its new end comes by itself.
    if (!(await transaction((client) => moveSession(client, session.id, move)))) return null;
  } else {
    const why = session.handle === null ? await lastTrouble(session.id) : null;
    const never = `${neverAnswered(session.executable.type)} before its time was over.`;
    await failSession(session.id, why ?? never, "", now);
  }
  return findSession(session.id);
}

async function removeFromPlatform(session: StoredSession, signal: AbortSignal): Promise<LaunchError | null> {
  // Never launched, or never further than to us: nothing of it is there.
  if (session.connector === null || !session.mayBeThere) return null;
  try {
    await remove(session, signal);
    return null;
  } catch (error) {
    if (error instanceof LaunchError) return error;
    throw error;
  }
}

/** Whether its platform has long ended it by itself. */
function isForgotten({ platform, phaseSince }: StoredSession, now: Millis): boolean {
  const { forgetsAfterMs } = launcherOf(platform);
  return forgetsAfterMs !== null && now >= phaseSince + forgetsAfterMs;
}

/** A quarter of the time it has been over for, or as long as the platform wants to be left alone. */
function waitFor({ id, phaseSince }: StoredSession, { outOfOurHands }: LaunchError, now: Millis): number {
  const wait = spread(Math.min(LONGEST_WAIT_MS, (now - phaseSince) / 4), id);
  return Math.max(wait, SHORTEST_WAIT_MS, outOfOurHands?.afterMs ?? 0);
}

async function remove(session: StoredSession, signal: AbortSignal): Promise<void> {
  const launcher = launcherOf(session.platform);
  // The worker died between launching and noting the handle: the platform knows the session by its name.
  const handle = session.handle ?? (await launcher.find(session.name, session.user, signal));
  if (handle === null) return;
  const log = await withinTime(signal, LOG_MS, (limit) => launcher.log(handle, LOG_LINES, limit)).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      console.error(`the log of ${session.name} could not be read: ${error instanceof Error ? error.message : error}`);
      return "";
    },
  );
  await launcher.release(handle, signal);
  if (log !== "") await keepLog(session.id, log);
}
