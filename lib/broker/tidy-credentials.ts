import type { Millis } from "#lib/booking/slot.ts";
import { letGo } from "#lib/credentials/let-go.ts";
import { announce } from "#lib/db/announce.ts";
import { deleteCredential, findCredential, markWithdrawn } from "#lib/db/credentials.ts";
import { type Need, needs } from "#lib/db/delegated.ts";

/** For so long after its last use, and after a sign-in that booked nothing, it is kept: somebody may book again. */
export const KEPT_MS: Millis = 24 * 3_600_000;

/** A provider that does not answer is told for so long that a token is not needed any more; then it is deleted all the same. */
const TOLD_WITHIN_MS: Millis = 24 * 3_600_000;

/**
 * When what is held will be deleted if nothing more is booked; null while something needs it. What was taken back goes as soon as
 * nothing runs any more that only it can end.
 */
export function deletedAt(need: Need, keptMs: Millis = KEPT_MS): Millis | null {
  if (need.running > 0) return null;
  if (need.withdrawnAt !== null) return need.withdrawnAt;
  if (need.coming + need.awaited > 0) return null;
  return Math.max(need.createdAt, need.lastReleased ?? 0) + keptMs;
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
  let gone = 0;
  for (const need of await needs(userId)) {
    const at = deletedAt(need, keptMs);
    if (at === null || at > now) continue;
    const credential = await findCredential(need.userId, need.provider);
    if (!credential || credential.withdrawnAt !== need.withdrawnAt) continue;
    const why = need.withdrawnAt === null ? "Nothing needs it any more." : "Its owner took it back.";
    // From here on nothing begins with it, which is about to be revoked.
    await markWithdrawn(credential.id, why, { who: "meridian", now });
    const isTold = await letGo(credential);
    if (!isTold && now < at + TOLD_WITHIN_MS) continue;
    if (!(await deleteCredential(credential, why, { who: "meridian", now }))) continue;
    gone++;
    announce([{ session: "", user: credential.userId }]);
  }
  return gone;
}
