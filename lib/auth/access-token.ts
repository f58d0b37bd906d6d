import { type Scope, scopesThatCount } from "#lib/booking/access-scope.ts";
import { standingOf } from "#lib/booking/access-token.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { findToken, noteTokenUse, type ShownToken } from "#lib/db/access-tokens.ts";
import type { StoredUser } from "#lib/db/users.ts";
import { type NotIn, notIn } from "./not-in.ts";
import { hashOf, isSecret } from "./token-secret.ts";

export interface ReadToken {
  readonly ok: true;
  readonly user: StoredUser;
  readonly scopes: ReadonlySet<Scope>;
  readonly tokenId: string;
}

/** How exactly one wants to know when a token was used last. */
const USE_MS: Millis = 60_000;

/** Whose token a secret is, and what it may do at `now`. One statement; none for what can be no secret of ours. */
export async function readAccessToken(secret: string, now: Millis): Promise<ReadToken | NotIn> {
  const token = isSecret(secret) ? await findToken(hashOf(secret)) : null;
  if (token === null) return notIn("bad-token");
  const standing = standingOf(token, now);
  if (standing !== "good") return notIn(standing);
  noteUse(token, now);
  const { id, user, scopes } = token;
  return { ok: true, user, scopes: scopesThatCount(scopes, user.role), tokenId: id };
}

/** When this process last noted a use, by token; begun anew when there are too many. */
const noted = new Map<string, Millis>();
const MOST_NOTED = 10_000;

/** Beside the request, which does not wait for it; of many at once the first one writes. */
function noteUse({ id, lastUsedAt }: ShownToken, now: Millis): void {
  const last = Math.max(lastUsedAt ?? 0, noted.get(id) ?? 0);
  if (now - last < USE_MS) return;
  if (noted.size >= MOST_NOTED) noted.clear();
  noted.set(id, now);
  noteTokenUse(id, USE_MS, now).catch((error: unknown) => {
    noted.delete(id);
    console.error(`access token ${id}: its use was not noted (${wordOf(error)})`);
  });
}

const wordOf = (error: unknown) => (error instanceof Error ? error.message : "no reason was given");
