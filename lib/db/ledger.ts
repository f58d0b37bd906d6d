import type { AccountKind } from "#lib/booking/capacity.ts";
import type { ChosenOffer } from "#lib/booking/offers.ts";
import type { Phase } from "#lib/booking/phase.ts";
import type { RefusalCode } from "#lib/booking/refusal.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import type { Millis, TimeSpan } from "#lib/booking/slot.ts";
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
  { waiting = null, directly = false }: { readonly waiting?: string | null; readonly directly?: boolean } = {},
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
    "$1, $2, $3, $4, $5, array(SELECT o FROM jsonb_populate_recordset(NULL::offered, $6) o), $7, $8, $9, $10, $11",
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
      directly,
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
