import type { Millis } from "#lib/booking/slot.ts";
import { readConfig } from "#lib/config.ts";
import { letGo } from "#lib/credentials/let-go.ts";
import { announce } from "#lib/db/announce.ts";
import { allCredentials, credentialsOf, deleteCredential, type StoredCredential } from "#lib/db/credentials.ts";
import { type Need, needs } from "#lib/db/delegated.ts";

/** For so long after its last use, and after a sign-in that booked nothing, it is kept: somebody may book again. */
export const KEPT_MS: Millis = 24 * 3_600_000;

/**
 * When what is held will be deleted if nothing more is booked; null while something needs it. What was taken back goes as soon as
 * nothing runs any more that only it can end.
 */
export function deletedAt(
  credential: StoredCredential,
  need: Need | undefined,
  keptMs: Millis = KEPT_MS,
): Millis | null {
  if (need && need.running > 0) return null;
  if (credential.withdrawnAt !== null) return credential.withdrawnAt;
  if (need && need.coming + need.awaited > 0) return null;
  return Math.max(credential.createdAt, need?.lastReleased ?? 0) + keptMs;
}

/** After the last use: revokes what is held and deletes it, of one user or of all. Returns how many are gone. */
export async function tidyCredentials({
  now,
  userId = null,
  keptMs = KEPT_MS,
}: {
  now: Millis;
  userId?: string | null;
  /** How long after its last use it is kept. */
  keptMs?: Millis;
}): Promise<number> {
  const held = userId === null ? await allCredentials() : await credentialsOf(userId);
  if (held.length === 0) return 0;
  const all = await needs(userId);
  let gone = 0;
  for (const credential of held) {
    const need = all.find((one) => one.userId === credential.userId && one.provider === credential.provider);
    const at = deletedAt(credential, need, keptMs);
    if (at === null || at > now) continue;
    const why = credential.withdrawnAt === null ? "Nothing needs it any more." : "Its owner took it back.";
    // Deleted first: whoever still wants to use it finds nothing, instead of something that is just being revoked.
    if (!(await deleteCredential(credential, why, { who: "meridian", now }))) continue;
    gone++;
    await letGo(credential, readConfig().providers);
    announce([{ session: "", user: credential.userId }]);
  }
  return gone;
}
