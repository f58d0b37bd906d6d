import { isTimeOut } from "#lib/error-code.ts";
import { type Handle, LOG_LINES } from "#lib/launch/launcher.ts";
import { launcherOf, type PlatformOfLaunch } from "./launcher-of.ts";

/**
 * What a session on a platform wrote last. A log that cannot be read is a sentence in its place: it keeps
 * nobody from failing, releasing or showing the session.
 */
export async function lastLog(platform: PlatformOfLaunch, handle: Handle, signal: AbortSignal): Promise<string> {
  try {
    return await launcherOf(platform).log(handle, LOG_LINES, signal);
  } catch (error) {
    if (isTimeOut(error) || signal.aborted) return "The platform did not give its log in time.";
    return `The log could not be read: ${error instanceof Error ? error.message : error}`;
  }
}
