import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";

/** A key is the caller's for a day at least. */
export const KEY_LIFETIME_MS = 24 * 3_600_000;

/** Whoever claimed a key and has not answered for so long is taken for dead: it may be claimed again. */
const DEAD_AFTER_MS = 120_000;

/** `answer`: what was answered before. What an answer is, only the edge knows. */
export type Claim = "claimed" | "running" | "other" | { readonly answer: object };

/**
 * Claims a user's key for what is asked (its hash): one statement, so that of two at once one is told that it is running. Says
 * `other` when the key stands for something else, and gives the answer again when there is one.
 */
export async function claimKey(userId: string, key: string, asked: string, now: Millis): Promise<Claim> {
  const values = [userId, key, asked, new Date(now), new Date(now - KEY_LIFETIME_MS), new Date(now - DEAD_AFTER_MS)];
  const { rowCount } = await database().pool.query({
    name: "claim key",
    text: `INSERT INTO idempotency_keys AS k (user_id, key, asked, started_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (user_id, key) DO UPDATE SET asked = $3, started_at = $4, answer = NULL
      WHERE k.started_at < $5 OR (k.answer IS NULL AND k.asked = $3 AND k.started_at < $6)`,
    values,
  });
  if (rowCount === 1) return "claimed";
  const { rows } = await database().pool.query<{ asked: string; answer: string | null }>({
    name: "read key",
    text: "SELECT asked, answer FROM idempotency_keys WHERE user_id = $1 AND key = $2",
    values: [userId, key],
  });
  const found = rows[0];
  // Given up between the two statements: whoever had it failed, and the caller may try again.
  if (!found) return "running";
  if (found.asked !== asked) return "other";
  return found.answer === null ? "running" : { answer: JSON.parse(found.answer) };
}

/** A claim of a key: only who made it may answer or give up, however late. */
export interface OwnClaim {
  readonly userId: string;
  readonly key: string;
  readonly asked: string;
  readonly startedAt: Millis;
}

const OWN = "user_id = $1 AND key = $2 AND asked = $3 AND started_at = $4 AND answer IS NULL";
const own = ({ userId, key, asked, startedAt }: OwnClaim) => [userId, key, asked, new Date(startedAt)];

export async function keepAnswer(claim: OwnClaim, answer: object): Promise<void> {
  await database().pool.query({
    name: "keep answer",
    text: `UPDATE idempotency_keys SET answer = $5 WHERE ${OWN}`,
    values: [...own(claim), JSON.stringify(answer)],
  });
}

/** Gives a key up whose work failed, so that it can be tried again. */
export async function giveUpKey(claim: OwnClaim): Promise<void> {
  await database().pool.query({
    name: "give up key",
    text: `DELETE FROM idempotency_keys WHERE ${OWN}`,
    values: own(claim),
  });
}

/** Forgets keys that are older than they have to be kept. Returns how many. */
export async function forgetKeys(now: Millis): Promise<number> {
  const { rowCount } = await database().pool.query({
    name: "forget keys",
    text: "DELETE FROM idempotency_keys WHERE started_at < $1",
    values: [new Date(now - 2 * KEY_LIFETIME_MS)],
  });
  return rowCount ?? 0;
}
