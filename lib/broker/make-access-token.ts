import { v7 as uuidv7 } from "uuid";
import { type Scope, scopesOf } from "#lib/booking/access-scope.ts";
import { LONGEST_NAME, MOST_DAYS, MOST_TOKENS } from "#lib/booking/access-token.ts";
import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { keepAccessToken } from "#lib/db/access-tokens.ts";
import type { StoredUser } from "#lib/db/users.ts";

const DAY: Millis = 86_400_000;

export interface WantedToken {
  /** In the user's own words, 1 to 60 characters. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Whole days until it ends, 1 to 365. */
  readonly days: number;
}

/**
 * Makes an access token for a user. Of its secret this step sees only what is kept: the hash, and the hint to recognise it by;
 * whoever made it shows it once. `by` is whose doing it is, in the audit.
 *
 * Refuses with INVALID_REQUEST for a name, scopes or a lifetime that cannot be, NOT_ALLOWED where a scope is not the user's to
 * give, QUOTA_REACHED when they have 20 that work.
 */
export async function makeAccessToken({
  user,
  wanted,
  secret: { hash, hint },
  by = user,
  now,
}: {
  user: Pick<StoredUser, "id" | "name" | "role">;
  wanted: WantedToken;
  secret: { readonly hash: Buffer; readonly hint: string };
  by?: { readonly name: string };
  now: Millis;
}): Promise<Result<{ readonly tokenId: string; readonly expiresAt: Millis }>> {
  const name = wanted.name.trim();
  const { length } = [...name];
  if (length === 0) return no("INVALID_REQUEST", "Give it a name, so that you know it again.");
  if (length > LONGEST_NAME) return no("INVALID_REQUEST", `A name has at most ${LONGEST_NAME} characters.`);
  if (wanted.scopes.length === 0) return no("INVALID_REQUEST", "Choose at least one thing that it may do.");
  if (!Number.isInteger(wanted.days) || wanted.days < 1 || wanted.days > MOST_DAYS)
    return no("INVALID_REQUEST", `A token lasts 1 to ${MOST_DAYS} days.`);
  const allowed = scopesOf(user.role);
  if (!wanted.scopes.every((one) => allowed.includes(one)))
    return no("NOT_ALLOWED", "Only administrators may make a token with “admin”.");
  const tokenId = uuidv7();
  const expiresAt = now + wanted.days * DAY;
  const scopes = allowed.filter((one) => wanted.scopes.includes(one));
  const token = { id: tokenId, userId: user.id, name, hash, hint, scopes, expiresAt };
  if (await keepAccessToken(token, MOST_TOKENS, { who: by.name, now })) return yes({ tokenId, expiresAt });
  return no(
    "QUOTA_REACHED",
    `There are ${MOST_TOKENS} tokens already. Withdraw one that is not needed any more first.`,
  );
}
