import type { Scope } from "#lib/booking/access-scope.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database, transaction } from "./client.ts";
import { correlationId } from "./correlation.ts";
import type { Act } from "./ledger.ts";
import { storable } from "./storable.ts";
import { roleOf, type StoredUser } from "./users.ts";

/** A token as its owner sees it. Times in milliseconds. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  /** The last characters of the secret. */
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
  readonly lastUsedAt: Millis | null;
}

/** A token that was shown, with whose it is. */
export interface ShownToken {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Millis;
  readonly lastUsedAt: Millis | null;
  readonly withdrawnAt: Millis | null;
  readonly user: StoredUser;
}

export interface NewToken {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly hash: Buffer;
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Millis;
}

const millisOf = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;
const at = (millis: Millis): Date => new Date(millis);
/** $1: the user, $2: now. */
const working = "user_id = $1 AND withdrawn_at IS NULL AND expires_at > $2";

/** Keeps a token unless its user has `most` already that work; false then. Two at once take turns at the user's row. */
export async function keepAccessToken(token: NewToken, most: number, act: Act): Promise<boolean> {
  const { id, userId, name, hash, hint, scopes, expiresAt } = token;
  return asAct(act, async (query) => {
    await query("SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", [userId]);
    const made = await query(
      `INSERT INTO access_tokens (id, user_id, name, hash, hint, scopes, created_at, expires_at)
       SELECT $3, $1, $4, $5, $6, $7, $2, $8 WHERE (SELECT count(*) FROM access_tokens WHERE ${working}) < $9`,
      [userId, at(act.now), id, storable(name), hash, hint, [...scopes], at(expiresAt), most],
    );
    return made === 1;
  });
}

/** Withdraws a token of that user; false when there is none, or it was withdrawn already. */
export async function withdrawToken(id: string, userId: string, act: Act): Promise<boolean> {
  return asAct(act, async (query) => {
    const text = "UPDATE access_tokens SET withdrawn_at = $3 WHERE id = $1 AND user_id = $2 AND withdrawn_at IS NULL";
    return (await query(text, [id, userId, at(act.now)])) === 1;
  });
}

/** One transaction, in whose audit events stands who did it. `query` says how many rows it changed. */
async function asAct<T>(
  { who, now }: Act,
  work: (query: (text: string, values: unknown[]) => Promise<number | null>) => Promise<T>,
): Promise<T> {
  return transaction(async (client) => {
    await client.query("SELECT act_as($1, $2, NULL, $3)", [who, at(now), correlationId()]);
    return work(async (text, values) => (await client.query(text, values)).rowCount);
  });
}

/** The tokens of a user that work, the newest first. */
export async function tokensOf(userId: string, now: Millis): Promise<StoredToken[]> {
  const { rows } = await database().pool.query<StoredToken>({
    name: "access tokens of a user",
    text: `SELECT id, name, hint, scopes, ${millisOf("created_at")} AS "createdAt", ${millisOf("expires_at")} AS "expiresAt",
        ${millisOf("last_used_at")} AS "lastUsedAt"
      FROM access_tokens WHERE ${working} ORDER BY created_at DESC, id DESC`,
    values: [userId, at(now)],
  });
  return rows;
}

/** The token with that hash and its user, in one statement: every call of the API begins with it. Null: there is none. */
export async function findToken(hash: Buffer): Promise<ShownToken | null> {
  type Row = Omit<ShownToken, "user"> & Pick<StoredUser, "name" | "displayName"> & { userId: string; role: string };
  const { rows } = await database().pool.query<Row>({
    name: "access token",
    text: `SELECT t.id, t.scopes, ${millisOf("t.expires_at")} AS "expiresAt", ${millisOf("t.last_used_at")} AS "lastUsedAt",
        ${millisOf("t.withdrawn_at")} AS "withdrawnAt", u.id AS "userId", u.name, u.display_name AS "displayName", u.role
      FROM access_tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = $1`,
    values: [hash],
  });
  const [found] = rows;
  if (!found) return null;
  const { userId, name, displayName, role, ...token } = found;
  return { ...token, user: { id: userId, name, displayName, role: roleOf(role) } };
}

/** Notes that a token was used at `now`, unless one at most `everyMs` older stands there already. */
export async function noteTokenUse(id: string, everyMs: number, now: Millis): Promise<void> {
  await database().pool.query({
    name: "access token used",
    text: `UPDATE access_tokens SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)`,
    values: [id, at(now), at(now - everyMs)],
  });
}
