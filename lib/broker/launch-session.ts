import { typeAsSubject } from "#lib/booking/executable.ts";
import { isOver } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { recordRetry } from "#lib/db/audit.ts";
import { database, transaction } from "#lib/db/client.ts";
import { scheduleTask } from "#lib/db/jobs.ts";
import { hasRoomEarly } from "#lib/db/leads.ts";
import {
  beginAttempt,
  countAttempts,
  finishAttempt,
  keepHandle,
  keepNote,
  lastTrouble,
  moveSession,
  setConnector,
} from "#lib/db/runs.ts";
import { countUnreleased, findSession } from "#lib/db/sessions.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { LaunchError, type Sighting } from "#lib/launch/launcher.ts";
import { failSession } from "./fail-session.ts";
import { launcherOf } from "./launcher-of.ts";
import type { PlatformStep } from "./platform-step.ts";
import { scheduleEnd } from "./schedule-end.ts";
import { spread } from "./spread.ts";

/** A launch that fails for a reason that may pass is tried this often. */
const ATTEMPTS = 3;
/** One that fails for a reason out of our hands is tried until the slot is over, no more seldom than this. */
const LONGEST_WAIT_MS = 30_000;
/** Less is left of the slot than this: it is not worth another try. */
const LAST_TRY_MS = 10_000;
/** A launch that takes Meridian down with it is given up after this many times. */
const INTERRUPTIONS = 10;
/** For how long a launch waits until sessions that ended before it are really gone. */
const WAIT_FOR_RELEASES_MS = 30_000;

/** While there is no room for a session before its slot begins, it is looked for again after this. */
const LOOK_FOR_ROOM_MS = 5_000;

/** What the launcher is told of a session. */
const orderOf = (session: StoredSession) => ({
  key: session.name,
  user: session.user,
  executable: session.executable,
  resources: session.resources,
  endsAt: session.endsAt,
});

/**
 * Starts a session on its platform at its time; somewhat earlier where that takes a while and there is room. May be called again after a crash: what runs already is adopted. No call
 * to the platform happens inside a transaction. Leaves the session PREPARING with a job `watch`, or FAILED with a reason.
 */
export async function launchSession({ sessionId, now, clock, signal }: PlatformStep): Promise<void> {
  const session = await findSession(sessionId);
  if (!session || session.acceptedAt === null || isOver(session.phase) || session.phase === "RELEASING") return;
  // It was moved since this was scheduled: the new time comes by itself.
  if (isWaiting(session) && now < session.startsAt - session.prepareSeconds * 1000) return;
  if (now >= session.endsAt) {
    return failSession(sessionId, "Its time was over before it could be launched.", "", now);
  }
  // At a boundary, releases come before launches.
  if (now < session.startsAt + WAIT_FOR_RELEASES_MS && (await countUnreleased(session.platform.id, now)) > 0) {
    return scheduleTask(database().pool, "launch", sessionId, now + (isEarly(session, now) ? 1_000 : 250));
  }
  if (!isWaiting(session) && session.handle !== null) {
    return scheduleTask(database().pool, "watch", sessionId, now); // launched already
  }
  if ((await countAttempts(sessionId, "INTERRUPTED")) >= INTERRUPTIONS) {
    return failSession(sessionId, "Its launch was cut off again and again.", "", now);
  }
  const began = await beginLaunch(session, now);
  if (began === "no room") {
    const again = Math.min(session.startsAt, now + LOOK_FOR_ROOM_MS);
    return scheduleTask(database().pool, "launch", sessionId, again);
  }
  if (began === "moved") return;
  const sighting = await launch(session, signal);
  if (sighting instanceof LaunchError) return afterTrouble(session, sighting, clock());
  await keepHandle(session.id, sighting.handle);
  await scheduleTask(database().pool, "watch", sessionId, clock());
}

type Launched = Exclude<Sighting, { state: "gone" }>;

/** Asks the launcher. What it throws that is no LaunchError is a fault of ours or of the system: it may pass. */
async function launch(session: StoredSession, signal: AbortSignal): Promise<Launched | LaunchError> {
  try {
    const sighting = await launcherOf(session.platform).launch(orderOf(session), signal);
    if (sighting.state !== "gone") return sighting;
    return new LaunchError(sighting.why, { mayPass: true, log: sighting.log });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LaunchError) return error;
    console.error(`launching ${session.name}:`, error);
    const message = `${typeAsSubject(session.executable.type)} could not be started: ${error instanceof Error ? error.message : error}`;
    return new LaunchError(message, { mayPass: true, cause: error });
  }
}

const isEarly = ({ startsAt }: StoredSession, now: Millis): boolean => now < startsAt;

const isWaiting = ({ phase }: StoredSession): boolean => phase === "WAITING" || phase === "ACCEPTED";

/**
 * Moves a waiting session to PREPARING and schedules what follows from it. `no room`: its slot has not begun, and until then its
 * platform has none to spare; `moved`: there is nothing to launch any more.
 */
async function beginLaunch(session: StoredSession, now: Millis): Promise<"begun" | "no room" | "moved"> {
  return transaction(async (client) => {
    if (isWaiting(session)) {
      if (isEarly(session, now) && !(await hasRoomEarly(client, session, now))) return "no room";
      const moved = await moveSession(client, session.id, {
        to: "PREPARING",
        who: "meridian",
        why: null,
        now,
        startsAt: session.startsAt,
      });
      if (!moved) return "moved";
      await scheduleEnd(client, session);
    }
    await setConnector(client, session.id, { status: "PREPARING", location: null }, now);
    await beginAttempt(client, session.id, now);
    return "begun";
  });
}

/**
 * Tries again if the trouble may pass, and fails the session otherwise: a few times in a row; until the slot is over when it is
 * out of our hands.
 */
async function afterTrouble(session: StoredSession, error: LaunchError, now: Millis): Promise<void> {
  const before = await lastTrouble(session.id);
  const outcome = error.mayPass && error.outOfOurHands !== null ? "PUT_OFF" : "FAILED";
  const end = { outcome, message: error.message, untouched: error.isUntouched } as const;
  await transaction((client) => finishAttempt(client, session.id, end, now));
  const again = nextTry(session, error, await countAttempts(session.id, outcome), now);
  if (again === null) return failSession(session.id, error.message, error.log, now);
  await transaction(async (client) => {
    await recordRetry(client, session.id, { why: error.message, before, now });
    await keepNote(client, session.id, error.message);
    await scheduleTask(client, "launch", session.id, again);
  });
}

/** When a launch is tried again that did not work `times` times in this way; null: never. */
function nextTry(session: StoredSession, error: LaunchError, times: number, now: Millis): Millis | null {
  if (!error.mayPass) return null;
  if (error.outOfOurHands === null) {
    if (times < ATTEMPTS) return now + spread(1000 * 2 ** times, session.id);
    // What does not work early may work when its time has come.
    return isEarly(session, now) ? session.startsAt : null;
  }
  const last = session.endsAt - LAST_TRY_MS;
  if (now >= last) return null;
  const patience = spread(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** times), session.id);
  const wait = Math.max(1000, error.outOfOurHands.afterMs ?? patience);
  return Math.min(now + wait, last);
}
