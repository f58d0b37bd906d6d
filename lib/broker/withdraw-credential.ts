import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { announce } from "#lib/db/announce.ts";
import { findCredential, markWithdrawn } from "#lib/db/credentials.ts";
import { tidyCredentials } from "./tidy-credentials.ts";

/**
 * A user takes back what they delegated: nothing begins with it any more. It is revoked and deleted at once, or as soon as what
 * runs has been ended with it. Bookings stay, and wait for a new sign-in.
 */
export async function withdrawCredential({
  provider,
  user,
  now,
}: {
  provider: string;
  user: { readonly id: string; readonly name: string };
  now: Millis;
}): Promise<Result<null>> {
  const credential = await findCredential(user.id, provider);
  if (!credential) return no("NOT_FOUND", "Meridian holds nothing of that sign-in.");
  await markWithdrawn(credential.id, "Its owner took it back.", { who: user.name, now });
  await tidyCredentials({ now, userId: user.id });
  announce([{ session: "", user: user.id }]);
  return yes(null);
}

/** Somebody signed out: what nothing needs is not kept for them. What their bookings need stays. */
export async function forgetUnneeded({ userId, now }: { userId: string; now: Millis }): Promise<void> {
  await tidyCredentials({ now, userId, keptMs: 0 });
}
