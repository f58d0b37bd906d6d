import { areChoicesDue } from "#lib/booking/choices.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { keepChoices, keepChoicesTrouble } from "#lib/db/choices.ts";
import type { StoredPlatform } from "#lib/db/platforms.ts";
import { isTimeOut } from "#lib/error-code.ts";
import { withinTime } from "#lib/time-limit.ts";
import { launcherOf } from "./launcher-of.ts";

/** A list of images that its platform has to gather first may take more than a minute. */
const LIMIT_MS = 150_000;

/** When each platform was asked last. */
const triedAt = new Map<string, Millis>();

/** Asks a platform for what may be chosen there, when that is not known or old (`areChoicesDue`). */
export async function refreshChoices({
  platform,
  now,
  signal,
}: {
  platform: StoredPlatform;
  now: Millis;
  signal: AbortSignal;
}): Promise<void> {
  if (!areChoicesDue(platform, triedAt.get(platform.id) ?? null, now)) return;
  triedAt.set(platform.id, now);
  await readChoices({ platform, now, signal });
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
  if (isTimeOut(error)) return "It did not answer in time.";
  return error instanceof Error ? error.message : String(error);
}
