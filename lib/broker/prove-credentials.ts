import type { Millis } from "#lib/booking/slot.ts";
import { providerNamed } from "#lib/config.ts";
import { willLast } from "#lib/credentials/will-last.ts";
import { announce } from "#lib/db/announce.ts";
import { startingSoon } from "#lib/db/delegated.ts";

/** So long before its start it is looked whether Meridian can still act for a session's owner: time enough to sign in again. */
const BEFORE_MS = 15 * 60_000;

/**
 * Shortly before a slot: whether what its owner delegated is still good. What is not is marked by that, and its owner is told on
 * every page; a provider that does not answer is asked again in the next sweep. Returns how many were looked at.
 */
export async function proveCredentials({ now, signal }: { now: Millis; signal: AbortSignal }): Promise<number> {
  const provenSince = now - BEFORE_MS;
  const soon = await startingSoon({ from: now, until: now + BEFORE_MS, provenBefore: provenSince });
  for (const { userId, provider: name } of soon) {
    const provider = providerNamed(name);
    if (!provider) continue;
    const asked = { userId, provider, until: now, provenSince, clock: () => now, signal };
    try {
      if (!(await willLast(asked)).ok) announce([{ session: "", user: userId }]);
    } catch (error) {
      signal.throwIfAborted();
      // One that cannot be looked at keeps no other from it.
      console.error(`what ${userId} delegated by ${name} could not be proven:`, error);
    }
  }
  return soon.length;
}
