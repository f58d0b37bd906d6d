import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { findWait, withdrawWait } from "#lib/db/waitlist.ts";

/** Gives up a place in the waiting list; leaving again is a yes. Refuses somebody else's place as not found. */
export async function leaveWaitlist({
  waitId,
  user,
  now,
}: {
  waitId: string;
  user: { readonly id: string };
  now: Millis;
}): Promise<Result<null>> {
  const wait = await findWait(waitId);
  if (!wait || wait.userId !== user.id) return no("NOT_FOUND", "You do not wait there.");
  if (wait.state === "WITHDRAWN" || (await withdrawWait(waitId, user.id, now))) return yes(null);
  return no("ALREADY_OVER", "You wait there no more: look at your offers.");
}
