import { setTimeout as pause } from "node:timers/promises";
import { hasPage, neverAnswered, typeInWords } from "#lib/booking/executable.ts";
import { isLive, isOver } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { recordEvent, recordRetry } from "#lib/db/audit.ts";
import { database, transaction } from "#lib/db/client.ts";
import { isScheduled, scheduleTask } from "#lib/db/jobs.ts";
import { endSessions } from "#lib/db/ledger.ts";
import {
  beginAttempt,
  finishAttempt,
  forgetHandle,
  keepHandle,
  keepLog,
  keepNote,
  lastTrouble,
  moveSession,
  setConnector,
} from "#lib/db/runs.ts";
import { findSession } from "#lib/db/sessions.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { type Handle, LaunchError, type Sighting } from "#lib/launch/launcher.ts";
import { failSession } from "./fail-session.ts";
import { lastLog } from "./last-log.ts";
import { launcherOf, type PlatformOfLaunch } from "./launcher-of.ts";
import type { PlatformStep } from "./platform-step.ts";
import { stageSession } from "./stage-session.ts";
import { watchUse } from "./watch-use.ts";

/** A task ends after this, so that nothing waits long for the session's lock; it comes again at once. */
const ONE_TURN_MS = 2_000;

/**
 * Looks whether a session's link answers; what has none, whether it runs. PREPARING and answering: AVAILABLE, as soon as its notebook and
 * data are there. Gone: FAILED with the last lines of
 * its log; unless its owner shut it down or it ran to its end, then it is RELEASING and its rest is free; or unless the platform itself had been
 * stopped, then it is launched again. Schedules its own next look.
 */
export async function watchSession({ sessionId, clock, signal }: Omit<PlatformStep, "now">): Promise<void> {
  const turnEnds = clock() + ONE_TURN_MS;
  for (;;) {
    const session = await findSession(sessionId);
    if (!session || isOver(session.phase) || session.phase === "RELEASING" || clock() >= session.endsAt) return;
    if (session.handle === null) return launchAgain(sessionId, clock());
    const { preparingMs, runningMs } = launcherOf(session.platform).pace;
    const next = await lookOnce(session, session.handle, clock, signal);
    if (next === "done") return;
    const again = clock() + (next === "later" ? runningMs : preparingMs);
    if (next === "later" || again > turnEnds) return scheduleTask(database().pool, "watch", sessionId, again);
    await pause(preparingMs, undefined, { signal });
  }
}

/** There is nothing to look at before it is launched; when that is to be tried again, it has its time already. */
async function launchAgain(sessionId: string, now: Millis): Promise<void> {
  if (!(await isScheduled("launch", sessionId))) await scheduleTask(database().pool, "launch", sessionId, now);
}

async function lookOnce(
  session: StoredSession,
  handle: Handle,
  clock: () => Millis,
  signal: AbortSignal,
): Promise<"soon" | "later" | "done"> {
  const sighting = await look(session.platform, handle, signal);
  const now = clock();
  if (sighting instanceof LaunchError) {
    if (!sighting.mayPass) return whenRefused(session, sighting, now);
    if (sighting.outOfOurHands === null) return afterLaunchTime(session, handle, now);
    if (session.launchingSince !== null) await putOff(session, sighting.message, now);
    return "later";
  }
  if (sighting.state === "gone") return whenGone(session, handle, sighting, now);
  if (sighting.state === "preparing") {
    if (session.connector === "AVAILABLE") await linkIsLost(session, now);
    await noteWaiting(session, sighting, now);
    return afterLaunchTime(session, handle, now);
  }
  if (session.connector === "AVAILABLE") return (await watchUse(session, now, signal)) ? "done" : "later";
  if (session.phase === "PREPARING") {
    // Later the files are the owner's: what was changed in the session is not brought again.
    const staging = stageSession(session, handle, signal);
    if (staging.state === "under way") {
      await noteWaiting(session, { note: staging.note }, now);
      return afterLaunchTime({ ...session, note: staging.note }, handle, now, "Its files were not there");
    }
    if (staging.state === "failed") {
      await failSession(session.id, staging.why, "", now);
      return "done";
    }
  }
  await makeAvailable(session, sighting, now);
  return "later";
}

/** Its platform does not let its owner in any more. What has not answered yet will not; what runs may go on, and is looked at. */
async function whenRefused(session: StoredSession, error: LaunchError, now: Millis): Promise<"later" | "done"> {
  if (session.phase === "PREPARING") {
    await failSession(session.id, error.message, error.log, now);
    return "done";
  }
  if (error.message !== session.note) await transaction((client) => keepNote(client, session.id, error.message));
  return "later";
}

/** A look that fails says nothing about the session itself. */
async function look(platform: PlatformOfLaunch, handle: Handle, signal: AbortSignal): Promise<Sighting | LaunchError> {
  try {
    return await launcherOf(platform).look(handle, signal);
  } catch (error) {
    if (error instanceof LaunchError) return error;
    throw error;
  }
}

async function makeAvailable(
  session: StoredSession,
  sighting: Extract<Sighting, { state: "available" }>,
  now: Millis,
): Promise<void> {
  await keepHandle(session.id, sighting.handle);
  await transaction(async (client) => {
    if (session.phase === "PREPARING") {
      const moved = await moveSession(client, session.id, { to: "AVAILABLE", who: "meridian", why: null, now });
      if (!moved) return;
    } else {
      const why = sighting.link === null ? "It runs again." : "The link answers again.";
      await recordEvent(client, session.id, { event: "LINK", who: "meridian", why, now });
    }
    await setConnector(client, session.id, { status: "AVAILABLE", location: sighting.link }, now);
    await finishAttempt(client, session.id, { outcome: "AVAILABLE", message: null }, now);
  });
}

/** What answered does not any more: "Open" goes away until it answers again. The session goes on. */
const linkIsLost = (session: StoredSession, now: Millis): Promise<void> =>
  transaction((client) => setConnector(client, session.id, { status: "PREPARING", location: null }, now));

/** What the platform says while one waits, once; what broke stands in the history too. */
async function noteWaiting(
  session: StoredSession,
  { note = null, isSetback = false }: Pick<Extract<Sighting, { state: "preparing" }>, "note" | "isSetback">,
  now: Millis,
): Promise<void> {
  if (note === session.note) return;
  await transaction(async (client) => {
    await keepNote(client, session.id, note);
    if (note === null || !isSetback) return;
    await recordEvent(client, session.id, { event: "RESTARTED", who: "meridian", why: note, now });
  });
}

/**
 * What is out of our hands is no fault of the launch: it is waited for until the slot is over, and the time does not count.
 */
async function putOff(session: StoredSession, message: string, now: Millis): Promise<void> {
  const before = await lastTrouble(session.id);
  await transaction(async (client) => {
    await finishAttempt(client, session.id, { outcome: "PUT_OFF", message }, now);
    await beginAttempt(client, session.id, now);
    await recordRetry(client, session.id, { why: message, before, now });
  });
}

/**
 * A launch that does not answer, or whose files are not there, within the platform's launch time has failed; what began early has that
 * time from its slot's start on.
 */
async function afterLaunchTime(
  session: StoredSession,
  handle: Handle,
  now: Millis,
  what = neverAnswered(session.executable.type),
): Promise<"soon" | "later" | "done"> {
  if (session.launchingSince === null) return "later";
  const since = Math.max(session.launchingSince, session.startsAt);
  if (now < since + session.launchSeconds * 1000) return "soon";
  const log = await lastLog(session.platform, handle, AbortSignal.timeout(5000));
  const waitedFor = session.note === null ? "" : ` ${session.note}`;
  const why = `${what} within ${session.launchSeconds} s.${waitedFor}`;
  await failSession(session.id, why, log, now);
  return "done";
}

async function whenGone(
  session: StoredSession,
  handle: Handle,
  sighting: Extract<Sighting, { state: "gone" }>,
  now: Millis,
): Promise<"done"> {
  if (sighting.how === "closed" && session.phase === "PREPARING" && !hasPage(session.executable.type)) {
    // It ran and was over before anybody looked.
    await makeAvailable(session, { state: "available", handle, link: null }, now);
    return whenClosed(session, sighting, now);
  }
  if (sighting.how === "closed" && isLive(session.phase)) return whenClosed(session, sighting, now);
  if (sighting.how !== "paused") {
    await failSession(session.id, sighting.why, sighting.log, now);
    return "done";
  }
  await transaction(async (client) => {
    const why = `Meridian was stopped and is back: ${typeInWords[session.executable.type]} starts again.`;
    await recordEvent(client, session.id, { event: "RESTARTED", who: "meridian", why, now });
    await setConnector(client, session.id, { status: "PREPARING", location: null }, now);
    await forgetHandle(client, session.id);
    await scheduleTask(client, "launch", session.id, now);
  });
  return "done";
}

/** Its owner shut it down, or it ran to its end: what is left of its time is free for others, and that is no failure. */
async function whenClosed(
  session: StoredSession,
  { log }: Extract<Sighting, { state: "gone" }>,
  now: Millis,
): Promise<"done"> {
  if (log !== "") await keepLog(session.id, log);
  const how = hasPage(session.executable.type) ? "It was shut down from inside" : "It ran to its end";
  const why = `${how}; what was left of its time is free for others.`;
  const move = { before: ["AVAILABLE", "RUNNING"], after: "RELEASING", why } as const;
  await endSessions([session.id], move, "meridian", now);
  return "done";
}
