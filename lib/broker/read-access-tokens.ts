import { type Scope, scopesThatCount } from "#lib/booking/access-scope.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { type StoredToken, tokensOf } from "#lib/db/access-tokens.ts";
import type { StoredUser } from "#lib/db/users.ts";

/** A token as its owner sees it, with the scopes that count now. */
export type AccessToken = Omit<StoredToken, "scopes"> & { readonly scopes: readonly Scope[] };

/** The access tokens of a user that work, the newest first. What has ended or was withdrawn is not listed. */
export async function readAccessTokens({
  user,
  now,
}: {
  user: Pick<StoredUser, "id" | "role">;
  now: Millis;
}): Promise<AccessToken[]> {
  const tokens = await tokensOf(user.id, now);
  return tokens.map(({ scopes, ...token }) => ({ ...token, scopes: [...scopesThatCount(scopes, user.role)] }));
}
