import type { Readiness } from "#lib/launch/launcher.ts";
import { launcherOf, type PlatformOfLaunch } from "./launcher-of.ts";

const KEPT_MS = 30_000;
const kept = new Map<string, { readiness: Promise<Readiness>; until: number }>();

/**
 * Whether a platform can run anything. The answer may take a process and is kept for half a minute; a worker asks
 * before it begins, so that the first launch does not wait for it.
 */
export function platformReadiness(platform: PlatformOfLaunch): Promise<Readiness> {
  const known = kept.get(platform.id);
  if (known && known.until > performance.now()) return known.readiness;
  const readiness = launcherOf(platform)
    .readiness(AbortSignal.timeout(20_000))
    .catch((error): Readiness => {
      const why = `The platform could not be asked: ${error instanceof Error ? error.message : error}`;
      return { ready: false, why, cure: "Meridian asks again in half a minute." };
    });
  kept.set(platform.id, { readiness, until: performance.now() + KEPT_MS });
  return readiness;
}
