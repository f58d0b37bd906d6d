import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Millis } from "#lib/booking/slot.ts";
import { database, transaction } from "./client.ts";
import { correlationId } from "./correlation.ts";
import type { Act } from "./ledger.ts";

export type CredentialKind = "oidc" | "token" | "certificate";

/** A credential as it is stored: what is sealed in it is opened only where it is used. Times in milliseconds. */
export interface StoredCredential {
  readonly id: string;
  readonly userId: string;
  readonly provider: string;
  readonly kind: CredentialKind;
  readonly sealed: Buffer;
  readonly keyId: string;
  readonly version: number;
  /** From then on it has to be refreshed; null: never, or it cannot be. */
  readonly freshUntil: Millis | null;
  /** From then on only a new sign-in helps; null: nobody said. */
  readonly expiresAt: Millis | null;
  readonly provenAt: Millis;
  readonly asksAgainAt: Millis | null;
  readonly deadSince: Millis | null;
  readonly deadWhy: string | null;
  readonly withdrawnAt: Millis | null;
  readonly createdAt: Millis;
}

/** What is sealed, with the times that are known of it. */
export interface SealedSecret {
  readonly sealed: Buffer;
  readonly keyId: string;
  readonly freshUntil: Millis | null;
  readonly expiresAt: Millis | null;
}

type Row = { [Name in keyof StoredCredential]: StoredCredential[Name] };

const millisOf = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;
const columns = `c.id, c.user_id AS "userId", c.provider, c.kind, c.sealed, c.key_id AS "keyId", c.version,
  ${millisOf("c.fresh_until")} AS "freshUntil", ${millisOf("c.expires_at")} AS "expiresAt",
  ${millisOf("c.proven_at")} AS "provenAt", ${millisOf("c.asks_again_at")} AS "asksAgainAt",
  ${millisOf("c.dead_since")} AS "deadSince", c.dead_why AS "deadWhy", ${millisOf("c.withdrawn_at")} AS "withdrawnAt",
  ${millisOf("c.created_at")} AS "createdAt"`;

async function credentialsWhere(name: string, where: string, values: readonly unknown[]): Promise<StoredCredential[]> {
  const { rows } = await database().pool.query<Row>({
    name: `credentials ${name}`,
    text: `SELECT ${columns} FROM credentials c ${where}`,
    values: [...values],
  });
  return rows;
}

export async function findCredential(userId: string, provider: string): Promise<StoredCredential | null> {
  const [found] = await credentialsWhere("of a user", "WHERE c.user_id = $1 AND c.provider = $2", [userId, provider]);
  return found ?? null;
}

/** Everything that is held for a user. */
export const credentialsOf = (userId: string): Promise<StoredCredential[]> =>
  credentialsWhere("all of a user", "WHERE c.user_id = $1 ORDER BY c.provider", [userId]);

/** All there are, for what is done to each of them. */
export const allCredentials = (): Promise<StoredCredential[]> => credentialsWhere("all", "ORDER BY c.id", []);

/** Who may book on a platform and has a credential of that provider which was good when it was last used, the most recent first. */
export async function usersWithCredential(provider: string, platformId: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ userId: string }>({
    name: "users with a credential",
    text: `SELECT c.user_id AS "userId" FROM credentials c WHERE c.provider = $1 AND c.dead_since IS NULL
        AND EXISTS (SELECT FROM accounts a WHERE a.kind = 'user' AND a.platform_id = $2 AND a.user_id = c.user_id)
      ORDER BY c.proven_at DESC`,
    values: [provider, platformId],
  });
  return rows.map(({ userId }) => userId);
}

/**
 * Keeps what a sign-in gave: it takes the place of what was held before. `seal` gets the id it is sealed
 * for.
 */
export async function keepNewCredential(
  whose: { readonly userId: string; readonly provider: string; readonly kind: CredentialKind },
  seal: (credentialId: string) => SealedSecret,
  act: Act,
): Promise<void> {
  const id = uuidv7();
  const { sealed, keyId, freshUntil, expiresAt } = seal(id);
  await asAct(act, null, async (client) => {
    await client.query(
      `INSERT INTO credentials (id, user_id, provider, kind, sealed, key_id, fresh_until, expires_at, proven_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
       ON CONFLICT (user_id, provider) DO UPDATE SET id = excluded.id, kind = excluded.kind, sealed = excluded.sealed,
         key_id = excluded.key_id, version = 1, fresh_until = excluded.fresh_until, expires_at = excluded.expires_at,
         lease_holder = NULL, lease_until = NULL, proven_at = excluded.proven_at, asks_again_at = NULL, dead_since = NULL,
         dead_why = NULL, withdrawn_at = NULL, created_at = excluded.created_at`,
      [id, whose.userId, whose.provider, whose.kind, sealed, keyId, at(freshUntil), at(expiresAt), at(act.now)],
    );
  });
}

/** One transaction, in whose audit events stands who did it and why. */
async function asAct<T>({ who, now }: Act, why: string | null, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return transaction(async (client) => {
    await client.query("SELECT act_as($1, $2, $3, $4)", [who, new Date(now), why, correlationId()]);
    return work(client);
  });
}

const at = (millis: Millis | null): Date | null => (millis === null ? null : new Date(millis));

/**
 * Takes the right to refresh what was read as `version`, for `forMs` of the database's own clock; false when somebody else has
 * it, or it was refreshed, replaced or given up meanwhile.
 */
export async function takeLease(
  { id, version }: Pick<StoredCredential, "id" | "version">,
  holder: string,
  forMs: number,
): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `UPDATE credentials SET lease_holder = $3, lease_until = clock_timestamp() + make_interval(secs => $4::float8 / 1000)
     WHERE id = $1 AND version = $2 AND dead_since IS NULL AND (lease_until IS NULL OR lease_until < clock_timestamp())`,
    [id, version, holder, forMs],
  );
  return rowCount === 1;
}

/** Gives the lease back after trouble; nobody asks the provider before `asksAgainAt`. */
export async function giveLeaseBack(id: string, holder: string, asksAgainAt: Millis): Promise<void> {
  await database().pool.query(
    `UPDATE credentials SET lease_holder = NULL, lease_until = NULL, asks_again_at = $3 WHERE id = $1 AND lease_holder = $2`,
    [id, holder, at(asksAgainAt)],
  );
}

/**
 * Keeps what a refresh gave in place of what was read as `version`; false when that is not there any more. A slow refresher
 * whose lease ran out still may: nobody else can have refreshed the same token.
 */
export async function keepRefreshed(
  { id, version }: Pick<StoredCredential, "id" | "version">,
  { sealed, keyId, freshUntil, expiresAt }: SealedSecret,
  now: Millis,
): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `UPDATE credentials SET sealed = $3, key_id = $4, fresh_until = $5, expires_at = $6, version = version + 1, proven_at = $7,
       lease_holder = NULL, lease_until = NULL, asks_again_at = NULL, dead_since = NULL, dead_why = NULL
     WHERE id = $1 AND version = $2`,
    [id, version, sealed, keyId, at(freshUntil), at(expiresAt), at(now)],
  );
  return rowCount === 1;
}

/** Seals the same anew; false when it changed meanwhile. */
export async function keepResealed(
  { id, version }: Pick<StoredCredential, "id" | "version">,
  { sealed, keyId }: Pick<SealedSecret, "sealed" | "keyId">,
): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    "UPDATE credentials SET sealed = $3, key_id = $4 WHERE id = $1 AND version = $2",
    [id, version, sealed, keyId],
  );
  return rowCount === 1;
}

/** Notes that the provider does not take it any more; nothing when it was refreshed or replaced meanwhile. */
export async function markDead(
  { id, version }: Pick<StoredCredential, "id" | "version">,
  why: string,
  now: Millis,
): Promise<void> {
  await asAct({ who: "meridian", now }, why, (client) =>
    client.query(
      `UPDATE credentials SET dead_since = $3, dead_why = $4, lease_holder = NULL, lease_until = NULL
       WHERE id = $1 AND version = $2 AND dead_since IS NULL`,
      [id, version, at(now), why],
    ),
  );
}

/** Notes that it was taken back: nothing begins with it any more. */
export async function markWithdrawn(id: string, why: string, act: Act): Promise<void> {
  await asAct(act, why, (client) =>
    client.query("UPDATE credentials SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL", [id, at(act.now)]),
  );
}

/** Deletes it, unless it was refreshed or replaced meanwhile; true when it is gone. */
export async function deleteCredential(
  { id, version }: Pick<StoredCredential, "id" | "version">,
  why: string,
  act: Act,
): Promise<boolean> {
  const { rowCount } = await asAct(act, why, (client) =>
    client.query("DELETE FROM credentials WHERE id = $1 AND version = $2", [id, version]),
  );
  return rowCount === 1;
}
