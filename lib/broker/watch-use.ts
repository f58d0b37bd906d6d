import { idleState } from "#lib/booking/idle.ts";
import { isLive } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { recordEvent } from "#lib/db/audit.ts";
import { transaction } from "#lib/db/client.ts";
import { endSessions } from "#lib/db/ledger.ts";
import { noteUse, setIdleSince } from "#lib/db/runs.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { LaunchError } from "#lib/launch/launcher.ts";
import { launcherOf } from "./launcher-of.ts";

/** A session in use is noted no more often than this. */
const NEWS_MS = 30_000;

/**
 * No waste: a session that nobody computes in for the platform's `idleMinutes` is warned, and after the grace released; what is
 * left of its slots is free at once. Only where the platform has that rule and can tell; using it again takes the warning back.
 * True when it was released.
 */
export async function watchUse(session: StoredSession, now: Millis, signal: AbortSignal): Promise<boolean> {
  const { idleRule: rule, availableSince, startsAt, handle, idleSince, lastUsedAt } = session;
  if (rule === null || availableSince === null || handle === null || !isLive(session.phase)) return false;
  // Nobody can use it before its slot begins.
  if (now < startsAt) return false;
  const since = Math.max(availableSince, startsAt);
  const use = await launcherOf(session.platform)
    .use(handle, signal)
    .catch((error) => {
      if (error instanceof LaunchError && error.mayPass) return null;
      throw error;
    });
  // A platform forgets what a kernel did once it is shut down: what was seen of it stays known here.
  const seen = use === null ? null : use.inUse ? now : Math.max(use.lastUsed, lastUsedAt ?? 0);
  if (seen !== null && seen > Math.max(since, lastUsedAt ?? 0) + NEWS_MS) {
    await transaction((client) => noteUse(client, session.id, seen));
  }
  if (idleState({ now, since, lastActivity: seen, rule }).state === "used") return false;
  if (idleSince === null) {
    const why = `Nothing was computed for ${rule.idleMinutes} minutes. Run a cell within ${rule.graceMinutes} minutes, or it ends and its slots are free for others.`;
    await transaction(async (client) => {
      await setIdleSince(client, session.id, now);
      await recordEvent(client, session.id, { event: "IDLE", who: "meridian", why, now });
    });
    return false;
  }
  // Whoever was warned late, as the worker was away, has the whole grace all the same.
  if (now < idleSince + rule.graceMinutes * 60_000) return false;
  const why = `Nothing was computed for ${rule.idleMinutes + rule.graceMinutes} minutes.`;
  const move = { before: ["AVAILABLE", "RUNNING"], after: "RELEASING", why } as const;
  return (await endSessions([session.id], move, "meridian", now)).length > 0;
}
