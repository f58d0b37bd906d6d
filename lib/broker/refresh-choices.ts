import { areChoicesDue } from "#lib/booking/choices.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { keepChoices, keepChoicesTrouble } from "#lib/db/choices.ts";
import { allPlatforms, type StoredPlatform } from "#lib/db/platforms.ts";
import { withinTime } from "#lib/time-limit.ts";
import { launcherOf } from "./launcher-of.ts";

/** A list of images that its platform has to gather first may take more than a minute. */
const LIMIT_MS = 150_000;

/** The platforms that are being asked now, and when each was asked last. */
const asking = new Map<string, Promise<void>>();
const triedAt = new Map<string, Millis>();

/**
 * Asks every platform with a sign-in for what may be chosen there, when that is not known or old (`areChoicesDue`). Returns
 * at once: a slow platform keeps nobody waiting, and is asked once at a time.
 */
export async function refreshChoices({ now, signal }: { now: Millis; signal: AbortSignal }): Promise<void> {
  for (const platform of await allPlatforms()) {
    const { id } = platform;
    if (platform.provider === null || asking.has(id)) continue;
    if (!areChoicesDue(platform, triedAt.get(id) ?? null, now)) continue;
    triedAt.set(id, now);
    const work = readChoices({ platform, now, signal }).catch((error: unknown) => {
      if (!signal.aborted) console.error(`what may be chosen on ${platform.name} could not be kept:`, error);
    });
    asking.set(
      id,
      work.finally(() => asking.delete(id)),
    );
  }
}

/** Asks one platform and keeps what it says; or why it could not be asked, beside what it said before. */
export async function readChoices({
  platform,
  now,
  signal,
  limitMs = LIMIT_MS,
}: {
  platform: StoredPlatform;
  now: Millis;
  signal: AbortSignal;
  limitMs?: number;
}): Promise<void> {
  try {
    const choices = await withinTime(signal, limitMs, (limit) => launcherOf(platform).choices(limit));
    if (choices !== null) await keepChoices(platform.id, choices, now);
  } catch (error) {
    signal.throwIfAborted();
    const why = inWords(error);
    if (await keepChoicesTrouble(platform.id, why)) {
      console.error(`what may be chosen on ${platform.name} could not be read: ${why}`);
    }
  }
}

function inWords(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return "It did not answer in time.";
  return error instanceof Error ? error.message : String(error);
}
