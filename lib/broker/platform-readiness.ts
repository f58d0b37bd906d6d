import type { Millis } from "#lib/booking/slot.ts";
import { storedReadiness } from "#lib/db/readiness.ts";
import type { Readiness } from "#lib/launch/launcher.ts";
import { launcherOf, type PlatformOfLaunch } from "./launcher-of.ts";
import { holding, readTold } from "./told-readiness.ts";

const KEPT_MS = 30_000;
const kept = new Map<string, { readiness: Promise<Readiness>; until: number }>();

/**
 * Whether a platform can run anything. This machine is asked, which may take a process: the answer is kept for half a minute, and a
 * worker asks before it begins, so that the first launch does not wait for it. Of a platform elsewhere the workers tell; while none
 * has, nothing speaks against it.
 */
export async function platformReadiness(platform: PlatformOfLaunch, now: Millis): Promise<Readiness> {
  if (platform.provider === null) return readinessHere(platform);
  const told = holding(readTold(await storedReadiness(platform.id)), now);
  return told ?? { ready: true, what: "No worker has told anything of it lately." };
}

function readinessHere(platform: PlatformOfLaunch): Promise<Readiness> {
  const known = kept.get(platform.id);
  if (known && known.until > performance.now()) return known.readiness;
  const readiness = askReadiness(platform);
  kept.set(platform.id, { readiness, until: performance.now() + KEPT_MS });
  return readiness;
}

/** Asks the launcher itself. One that cannot say, or is none, is not ready: that is no trouble of who asks. */
export async function askReadiness(platform: PlatformOfLaunch, signal?: AbortSignal): Promise<Readiness> {
  const limit = AbortSignal.timeout(20_000);
  try {
    return await launcherOf(platform).readiness(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    const why = `The platform could not be asked: ${error instanceof Error ? error.message : error}`;
    const isPassing = platform.provider !== null;
    return { ready: false, why, cure: "Meridian asks again in half a minute.", isPassing };
  }
}
