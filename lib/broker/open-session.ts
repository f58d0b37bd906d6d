import { hasPage } from "#lib/booking/executable.ts";
import { isLive, isOver } from "#lib/booking/phase.ts";
import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { notebookPath, sessionFolder } from "#lib/booking/staged-file.ts";
import { transaction } from "#lib/db/client.ts";
import { keepNote, moveSession } from "#lib/db/runs.ts";
import { findSession } from "#lib/db/sessions.ts";
import { isTimeOut } from "#lib/error-code.ts";
import { type Handle, LaunchError, type Launcher } from "#lib/launch/launcher.ts";
import { addressOfFile } from "#lib/staging/session-address.ts";
import { withinTime } from "#lib/time-limit.ts";
import { launcherOf } from "./launcher-of.ts";

/**
 * The address with which the owner enters the running session; from then on the session is RUNNING. The address carries
 * a secret: redirect to it, never store or log it. It leads to the session's notebook when one was brought. Refuses somebody else's session as not found, and what has no page.
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
  if (isOver(session.phase) || session.phase === "RELEASING" || now >= session.endsAt) return no("ALREADY_OVER");
  if (!hasPage(session.executable.type)) return no("NOTHING_TO_OPEN");
  if (!isLive(session.phase) || session.connector !== "AVAILABLE" || session.handle === null) return no("NOT_YET");
  if (now < session.startsAt) {
    const opensAt = new Date(session.startsAt).toISOString().slice(11, 16);
    return no("NOT_YET", `Ready. It opens at ${opensAt} UTC, when its slot begins.`);
  }
  const address = await addressOf(launcherOf(session.platform), session.handle, signal);
  if (address instanceof LaunchError) {
    // The page says it, too, until it is over.
    await transaction((client) => keepNote(client, sessionId, address.message));
    return no("PLATFORM_UNAVAILABLE", address.message);
  }
  if (session.phase === "AVAILABLE") {
    const why = "Opened by its owner.";
    await transaction((client) => moveSession(client, sessionId, { to: "RUNNING", who: user.name, why, now }));
  }
  const { notebook } = session.executable;
  if (!notebook) return yes(address);
  return yes(addressOfFile(address, `${sessionFolder(session.name)}/${notebookPath(notebook)}`));
}

/** Nobody looks at an empty page for longer than this, in milliseconds. */
const OPEN_MS = 15_000;

async function addressOf(launcher: Launcher, handle: Handle, signal: AbortSignal): Promise<URL | LaunchError> {
  try {
    return await withinTime(signal, OPEN_MS, (limit) => launcher.open(handle, limit));
  } catch (error) {
    if (error instanceof LaunchError) return error;
    signal.throwIfAborted();
    if (!isTimeOut(error)) throw error;
    const message = "The platform does not answer at the moment. Try again in a few seconds.";
    return new LaunchError(message, { mayPass: true, cause: error });
  }
}
