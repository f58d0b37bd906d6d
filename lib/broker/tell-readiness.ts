import { randomUUID } from "node:crypto";
import type { Millis } from "#lib/booking/slot.ts";
import { keepReadiness, storedReadiness } from "#lib/db/readiness.ts";
import type { PlatformOfLaunch } from "./launcher-of.ts";
import { askReadiness } from "./platform-readiness.ts";
import { readTold, toTell } from "./told-readiness.ts";

const thisWorker = randomUUID();

/**
 * Stores whether a platform elsewhere can run anything, for the pages: only the workers talk with it, so only they know. Pages are
 * told when it changed.
 */
export async function tellReadiness({
  platform,
  now,
  signal,
  by = thisWorker,
}: {
  platform: PlatformOfLaunch;
  now: Millis;
  signal: AbortSignal;
  by?: string;
}): Promise<void> {
  const readiness = await askReadiness(platform, signal);
  signal.throwIfAborted();
  const next = toTell(readTold(await storedReadiness(platform.id)), { readiness, at: now, by });
  if (next) await keepReadiness(platform.id, next.told, next.isNews);
}
