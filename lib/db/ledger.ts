import type { AccountKind, Budget, Capacity, LedgerEntry } from "#lib/booking/capacity.ts";
import type { ChosenOffer } from "#lib/booking/offers.ts";
import type { Phase } from "#lib/booking/phase.ts";
import type { RefusalCode } from "#lib/booking/refusal.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { type Millis, slotsIn, type TimeSpan } from "#lib/booking/slot.ts";
import { announce } from "./announce.ts";
import { database } from "./client.ts";
import { correlationId } from "./correlation.ts";
import { storable } from "./storable.ts";

/** Whose booking it is: the three accounts follow from it. */
export interface Booker {
  readonly platformId: string;
  readonly projectId: string;
  readonly userId: string;
}

/**
 * The ledger of one user over `span`, slot by slot, and the budgets; a slot without a row yet has the account's limit and
 * nothing used. Three rows come back, the slots of each packed into one value: that is most of the time it takes.
 */
export async function readCapacity(booker: Booker, span: TimeSpan, slotMinutes: number): Promise<Capacity> {
  const { rows } = await database().pool.query<AccountRow>({
    name: "read-capacity",
    text: `SELECT a.kind, json_build_array(a.limit_cores, a.limit_memory_gib, a.limit_gpus) AS limits, a.limit_core_hours, a.limit_gpu_hours,
        (SELECT json_agg(json_build_array(date_part('epoch', l.slot) * 1000, l.used_cores, l.used_memory_gib, l.used_gpus,
            l.limit_cores, l.limit_memory_gib, l.limit_gpus, l.closed))
          FROM ledger l WHERE l.account_id = a.id AND l.slot >= $4 AND l.slot < $5) AS slots
      FROM accounts_of($1, $2, $3) a`,
    values: [booker.platformId, booker.projectId, booker.userId, new Date(span.start), new Date(span.end)],
  });
  const budgets: Partial<Record<AccountKind, Budget>> = {};
  const limits: Partial<Record<AccountKind, Resources>> = {};
  const known: Partial<Record<AccountKind, ReadonlyMap<Millis, SlotRow>>> = {};
  for (const row of rows) {
    budgets[row.kind] = { coreHours: row.limit_core_hours, gpuHours: row.limit_gpu_hours };
    limits[row.kind] = toResources(...row.limits);
    known[row.kind] = new Map(row.slots?.map((slot) => [slot[0], slot]));
  }
  const [ofAccount, inSlot] = [complete(limits), complete(known)];
  const entry = (kind: AccountKind, start: Millis): LedgerEntry => {
    const row = inSlot[kind].get(start);
    return row
      ? { used: toResources(row[1], row[2], row[3]), limit: toResources(row[4], row[5], row[6]) }
      : { used: nothing, limit: ofAccount[kind] };
  };
  const slots = slotsIn({ slotMinutes, windowHours: 0 }, span).map((start) => ({
    start,
    closed: inSlot.platform.get(start)?.[7] ?? null,
    accounts: { platform: entry("platform", start), project: entry("project", start), user: entry("user", start) },
  }));
  return { slots, budgets: complete(budgets) };
}

/** Start, used cores, memory and GPUs, their limits, why it is closed. */
type SlotRow = readonly [Millis, number, number, number, number, number, number, string | null];

interface AccountRow {
  kind: AccountKind;
  limits: readonly [number, number, number];
  limit_core_hours: number | null;
  limit_gpu_hours: number | null;
  slots: readonly SlotRow[] | null;
}

const nothing: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };
const toResources = (cores: number, memoryGiB: number, gpus: number): Resources => ({ cores, memoryGiB, gpus });

function complete<T>(accounts: Partial<Record<AccountKind, T>>): Record<AccountKind, T> {
  const { platform, project, user } = accounts;
  if (!platform || !project || !user) throw new Error("a platform, project or user has no account in the ledger");
  return { platform, project, user };
}

/** What the guarded statements answer: done, or who refused and where. Nothing is changed by a refusal. */
export type LedgerAnswer =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code:
        | Extract<
            RefusalCode,
            | "NO_CAPACITY"
            | "QUOTA_REACHED"
            | "BUDGET_REACHED"
            | "TOO_MANY_OFFERS"
            | "OFFER_EXPIRED"
            | "OFFER_GONE"
            | "NOT_FOUND"
            | "KEY_REUSED"
            | "NOT_ALLOWED"
            | "TOO_LATE"
            | "ALREADY_OVER"
            | "PLATFORM_CHANGED"
            | "PREVIEW_STALE"
          >
        /** Something changed between reading and writing: look again. */
        | "AGAIN";
      /** `bookings`: the cap on open bookings. */
      readonly account?: AccountKind | "bookings";
      /** Start of the slot, ISO 8601. */
      readonly slot?: string;
    };

/** Who acts, and when. */
export interface Act {
  readonly who: string;
  readonly now: Millis;
}

export type NewOffer = ChosenOffer & { readonly id: string; readonly name: string };

/**
 * Makes an offer set and holds the platform's capacity for it: SQL function `hold_offers`, one statement. `waiting`: the
 * place in the waiting list that it is for; that must still be waiting.
 */
export async function holdOffers(
  booker: Booker,
  set: { id: string; request: ExecutionRequest; offers: readonly NewOffer[] },
  { who, now }: Act,
  waiting: string | null = null,
): Promise<LedgerAnswer> {
  const offers = set.offers.map((offer, position) => ({
    id: offer.id,
    name: offer.name,
    position,
    strategy: offer.strategy,
    executable: set.request.executable,
    cores: offer.resources.cores,
    memory_gib: offer.resources.memoryGiB,
    gpus: offer.resources.gpus,
    starts_at: new Date(offer.startsAt),
    ends_at: new Date(offer.endsAt),
    starts_now: offer.startsNow,
    slots_from: new Date(offer.span.start),
    slots_until: new Date(offer.span.end),
    expires_at: new Date(offer.expiresAt),
  }));
  const { platformId, projectId, userId } = booker;
  const answer = await ask(
    "hold_offers",
    "$1, $2, $3, $4, $5, array(SELECT o FROM jsonb_populate_recordset(NULL::offered, $6) o), $7, $8, $9, $10",
    [
      set.id,
      platformId,
      projectId,
      userId,
      JSON.stringify(set.request),
      JSON.stringify(offers),
      new Date(now),
      who,
      correlationId(),
      waiting,
    ],
  );
  if (answer.ok) announce([{ session: set.offers[0]?.id ?? set.id, user: userId }]);
  return answer;
}

/** Books an offer: SQL function `accept_offer`, one statement. Accepting twice is a yes both times. */
export async function acceptHeldOffer(
  offerId: string,
  userId: string,
  key: string | null,
  { who, now }: Act,
): Promise<LedgerAnswer> {
  const values = [offerId, userId, new Date(now), who, key, correlationId()];
  const answer = await ask("accept_offer", "$1, $2, $3, $4, $5, $6", values);
  if (answer.ok) announce([{ session: offerId, user: userId }]);
  return answer;
}

/** The session that a user's key stands for, or null. */
export async function acceptedWith(userId: string, key: string): Promise<string | null> {
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT session_id AS id FROM accept_keys WHERE user_id = $1 AND key = $2",
    [userId, key],
  );
  return rows[0]?.id ?? null;
}

/** A booking's time: the slots it takes, whole, and the run inside them. */
export interface BookedTime {
  readonly span: TimeSpan;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
}

/**
 * Gives a booking another time if it is in one of the phases `allowed` and still stands in the slots `seen`: SQL function
 * `change_booking`, one statement. It keeps what it has when the new time cannot be had.
 */
export async function changeBooking(
  booking: { readonly id: string; readonly userId: string; readonly seen: TimeSpan },
  allowed: readonly Phase[],
  to: BookedTime,
  why: string,
  { who, now }: Act,
): Promise<LedgerAnswer> {
  const { id, userId, seen } = booking;
  const times = [seen.start, seen.end, to.startsAt, to.endsAt, to.span.start, to.span.end, now];
  const values = [id, userId, allowed, ...times.map((time) => new Date(time)), who, why, correlationId()];
  const answer = await ask("change_booking", "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13", values);
  if (answer.ok) announce([{ session: id, user: userId }]);
  return answer;
}

/** Calls one of the guarded statements. */
export async function ask(statement: string, parameters: string, values: readonly unknown[]): Promise<LedgerAnswer> {
  const { rows } = await database().pool.query<{ answer: LedgerAnswer }>({
    name: statement,
    text: `SELECT ${statement}(${parameters}) AS answer`,
    values: [...values],
  });
  const answer = rows[0]?.answer;
  if (!answer) throw new Error(`${statement} gave no answer`);
  return answer;
}

/**
 * Moves those of the sessions that are in a phase of `before` to `after` and gives back what they have not used: SQL
 * function `end_sessions`. Returns the ids it moved; the others were elsewhere already.
 */
export async function endSessions(
  ids: readonly string[],
  move: { before: readonly Phase[]; after: Phase; why: string | null },
  who: string,
  now: Millis,
): Promise<string[]> {
  const { rows } = await database().pool.query<{ session: string; user: string }>({
    name: "end-sessions",
    text: `SELECT s.id AS session, s.user_id AS user FROM unnest(end_sessions($1, $2, $3, $4, $5, $6, $7)) ended (id)
      JOIN sessions s ON s.id = ended.id`,
    values: [ids, move.before, move.after, new Date(now), who, move.why && storable(move.why), correlationId()],
  });
  announce(rows);
  return rows.map((row) => row.session);
}
