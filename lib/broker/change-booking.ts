import type { Phase } from "#lib/booking/phase.ts";
import { no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { type BookedTime, changeBooking as change } from "#lib/db/ledger.ts";
import { findSession } from "#lib/db/sessions.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { refusalOf } from "./words.ts";

/** Who changes which booking, when. */
export interface OfBooking {
  readonly sessionId: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly now: Millis;
}

/** How often a change that another one got ahead of is looked at anew. */
const TRIES = 4;

/** A booking before its launch; and with it, one that runs. */
export const notLaunched = ["ACCEPTED", "WAITING"] as const satisfies readonly Phase[];
export const notOver = ["ACCEPTED", "WAITING", "PREPARING", "AVAILABLE", "RUNNING"] as const satisfies readonly Phase[];

/** The booking of that person; refuses somebody else's, and a mere offer, as not found. */
export async function ownBooking({ sessionId, user }: OfBooking): Promise<Result<StoredSession>> {
  const session = await findSession(sessionId);
  return session && session.user.id === user.id && session.acceptedAt !== null ? yes(session) : no("NOT_FOUND");
}

/**
 * Gives a booking the time that `decide` says, in one statement. `decide` is asked again when the booking was changed by
 * somebody else in between. What cannot be had leaves the booking as it was.
 */
export async function changeBooking(
  booking: OfBooking,
  allowed: readonly Phase[],
  decide: (session: StoredSession) => Promise<Result<BookedTime>> | Result<BookedTime>,
  why: string,
): Promise<Result<StoredSession & BookedTime, Refusal>> {
  const { user, now } = booking;
  for (let attempt = 1; ; attempt++) {
    const found = await ownBooking(booking);
    if (!found.ok) return found;
    const session = found.value;
    if (session.endsAt <= now || !allowed.includes(session.phase)) {
      return no(
        (notOver as readonly Phase[]).includes(session.phase) && now < session.endsAt ? "TOO_LATE" : "ALREADY_OVER",
      );
    }
    const to = await decide(session);
    if (!to.ok) return to;
    const seen = { id: session.id, userId: user.id, seen: session.span };
    const answer = await change(seen, allowed, to.value, why, { who: user.name, now });
    if (answer.ok) return yes({ ...session, ...to.value });
    if (answer.code !== "AGAIN" || attempt >= TRIES) return { ok: false, error: refusalOf(answer) };
  }
}
