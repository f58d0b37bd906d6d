import type { AccountKind } from "#lib/booking/capacity.ts";
import type { Phase } from "#lib/booking/phase.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { announce } from "./announce.ts";
import { database } from "./client.ts";
import { correlationId } from "./correlation.ts";
import { type Act, ask, type LedgerAnswer } from "./ledger.ts";
import { storable } from "./storable.ts";

/** Everything that limits an account: in a slot, over the window (null: no budget), and for users how much at once. */
export interface Limits extends Resources {
  readonly coreHours: number | null;
  readonly gpuHours: number | null;
  readonly openBookings: number | null;
  readonly offerSets: number | null;
}

/** A session that stands in an account's slots, from a slot on. Times in milliseconds. */
export interface StandingSession extends Resources {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly project: string;
  readonly phase: Phase;
  readonly acceptedAt: Millis | null;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  /** Its slots from that slot on. */
  readonly from: Millis;
  readonly until: Millis;
}

/** What stands in an account from a slot on: all that a change of its limits depends on. */
export interface AccountState {
  readonly limits: Limits;
  readonly slots: readonly {
    readonly start: Millis;
    readonly closed: string | null;
    readonly used: Resources;
    readonly limit: Resources;
  }[];
  readonly sessions: readonly StandingSession[];
}

/** An account and whose it is. */
export interface StoredAccount {
  readonly id: string;
  readonly kind: AccountKind;
  readonly platformId: string;
  readonly limits: Limits;
  readonly owner: { readonly name: string; readonly title: string };
}

const accountColumns = `a.id::text, a.kind, a.platform_id AS "platformId", limits_of(a) - 'platformId' AS limits,
  jsonb_build_object('name', coalesce(u.name, j.name, p.name), 'title', coalesce(u.display_name, j.title, p.title)) AS owner
  FROM accounts a JOIN platforms p ON p.id = a.platform_id LEFT JOIN projects j ON j.id = a.project_id LEFT JOIN users u ON u.id = a.user_id`;

export async function findAccount(id: string): Promise<StoredAccount | null> {
  const { rows } = await database().pool.query<StoredAccount>(`SELECT ${accountColumns} WHERE a.id = $1`, [id]);
  return rows[0] ?? null;
}

/** An account with what is used of it, slot by slot, over a window; and over the window in hours of cores and GPUs. */
export interface AccountUse extends StoredAccount {
  readonly slots: readonly {
    readonly start: Millis;
    readonly closed: string | null;
    readonly used: Resources;
    readonly limit: Resources;
  }[];
}

/**
 * All accounts of a platform: itself, its projects, its users; each by name, with the slots of a window that are used, and
 * all that are closed, after the window too.
 */
export async function accountsOf(platformId: string, from: Millis, until: Millis): Promise<AccountUse[]> {
  const { rows } = await database().pool.query<AccountUse>(
    `SELECT coalesce((SELECT jsonb_agg(jsonb_build_object('start', extract(epoch FROM l.slot) * 1000, 'closed', l.closed,
          'used', jsonb_build_object('cores', l.used_cores, 'memoryGiB', l.used_memory_gib, 'gpus', l.used_gpus),
          'limit', jsonb_build_object('cores', l.limit_cores, 'memoryGiB', l.limit_memory_gib, 'gpus', l.limit_gpus)) ORDER BY l.slot)
        FROM ledger l WHERE l.account_id = a.id AND l.slot >= $2 AND (l.closed IS NOT NULL
          OR l.slot < $3 AND (l.used_cores > 0 OR l.used_memory_gib > 0 OR l.used_gpus > 0))), '[]') AS slots, ${accountColumns}
     WHERE a.platform_id = $1 ORDER BY array_position(ARRAY['platform', 'project', 'user'], a.kind), coalesce(u.name, j.name, p.name), a.id`,
    [platformId, new Date(from), new Date(until)],
  );
  return rows;
}

/** The state of an account from a slot on, and a hash of it that tells whether anything changed since. */
export async function readAccountState(
  id: string,
  from: Millis,
): Promise<{ state: AccountState; seen: string } | null> {
  const { rows } = await database().pool.query<{ state: AccountState | null; seen: string }>(
    "SELECT s AS state, md5(s::text) AS seen FROM account_state($1, $2) s",
    [id, new Date(from)],
  );
  const [found] = rows;
  return found?.state ? { state: found.state, seen: found.seen } : null;
}

/** The slots that a change closes (with a reason) or opens (null). */
export interface Closing {
  readonly slot: Millis;
  readonly closed: string | null;
}

/** Does what a preview said, or nothing when the account is not as the preview saw it: SQL function `apply_limits`. */
export async function applyLimits(
  account: { readonly id: string; readonly seen: string; readonly from: Millis },
  change: { readonly limits: Limits; readonly closings: readonly Closing[]; readonly cancel: readonly string[] },
  why: string,
  { who, now }: Act,
): Promise<LedgerAnswer> {
  const closings = change.closings.map(({ slot, closed }) => ({
    slot: new Date(slot).toISOString(),
    closed: closed && storable(closed),
  }));
  const answer = await ask("apply_limits", "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10", [
    account.id,
    account.seen,
    new Date(account.from),
    JSON.stringify(change.limits),
    JSON.stringify(closings),
    change.cancel,
    new Date(now),
    who,
    storable(why),
    correlationId(),
  ]);
  if (answer.ok) await announceSessions(change.cancel);
  return answer;
}

/** Everybody sees the ledger move; whose session it was, sees that. */
async function announceSessions(ids: readonly string[]): Promise<void> {
  const { rows } = await database().pool.query<{ session: string; user: string }>(
    "SELECT id AS session, user_id AS user FROM sessions WHERE id = ANY ($1)",
    [ids],
  );
  announce(rows.length > 0 ? rows : [{ session: "ledger", user: "" }]);
}
