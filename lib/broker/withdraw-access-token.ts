import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { withdrawToken } from "#lib/db/access-tokens.ts";

/**
 * Takes back an access token of a user: the next call with it is refused. `by` is whose doing it is, in the audit. Refuses with
 * NOT_FOUND when they have no such token, or it was withdrawn already.
 */
export async function withdrawAccessToken({
  tokenId,
  user,
  by = user,
  now,
}: {
  tokenId: string;
  user: { readonly id: string; readonly name: string };
  by?: { readonly name: string };
  now: Millis;
}): Promise<Result<null>> {
  if (await withdrawToken(tokenId, user.id, { who: by.name, now })) return yes(null);
  return no("NOT_FOUND", "There is no such token, or it was withdrawn already.");
}
