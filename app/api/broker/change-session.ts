import { problemOf, updateStatus } from "#lib/api/broker/problem-details.ts";
import type { WantedUpdate } from "#lib/api/broker/read-update.ts";
import { phasesToChoose } from "#lib/api/broker/show-options.ts";
import { shownPhase } from "#lib/api/broker/shown-session.ts";
import type { ProblemDetails } from "#lib/api/standard/extensions.ts";
import { openPhases, type Phase } from "#lib/booking/phase.ts";
import { no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { cancelSession } from "#lib/broker/cancel-session.ts";
import { extendSession } from "#lib/broker/extend-session.ts";
import { readAnySession, type StoredSession } from "#lib/broker/read-answers.ts";
import { rejectOffer } from "#lib/broker/reject-offer.ts";
import { shortenSession } from "#lib/broker/shorten-session.ts";
import type { Call } from "./handle.ts";

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: Refusal };

/** Does what an update of its owner's wants. What cannot be done now is a conflict that says what could be. */
export async function changeSession(
  session: StoredSession,
  wanted: WantedUpdate,
  call: Call,
): Promise<Result<null, ProblemDetails>> {
  const change = { sessionId: session.id, user: call.caller.person, now: call.now };
  const outcome: Outcome = await (wanted.what === "phase"
    ? toPhase(session, wanted.phase, call)
    : session.acceptedAt === null
      ? notBooked(session, call)
      : bySlots(wanted.slots, change));
  return outcome.ok ? yes(null) : { ok: false, error: await conflict(session.id, outcome.error, call) };
}

async function toPhase(session: StoredSession, to: Phase, { caller, now }: Call): Promise<Outcome> {
  const { id, phase } = session;
  const user = caller.person;
  const isOffer = session.acceptedAt === null;
  // What has taken effect already is not done twice.
  if (to === "ACCEPTED" && (openPhases as readonly Phase[]).includes(phase)) return { ok: true };
  if ((to === "CANCELLED" || to === "REJECTED") && to === phase) return { ok: true };
  if (to === "ACCEPTED" && isOffer) {
    // Fresh offers would be held for a client that does not know of them.
    const accepted = await acceptOffer({ offerId: id, user, asksAgain: false, now });
    return accepted.ok ? accepted : { ok: false, error: accepted.error.refusals[0] ?? no("OFFER_GONE").error };
  }
  if ((to === "REJECTED" || to === "CANCELLED") && isOffer) {
    const released = await rejectOffer({ offerId: id, after: to, user, now });
    if (released.ok || (await readAnySession(id))?.acceptedAt == null) return released;
    // It was accepted a moment ago. Whoever cancels wants it gone, whatever it is by now.
    if (to === "CANCELLED") return cancelSession({ sessionId: id, user, now });
    return no("OFFER_GONE", "This offer has just been accepted. A booking is not REJECTED; it can be CANCELLED.");
  }
  if (to === "CANCELLED") return cancelSession({ sessionId: id, user, now });
  return no("TOO_LATE", `A session that is ${shownPhase(session, now)} cannot be made ${to}.`);
}

const notBooked = (session: StoredSession, { now }: Call): Outcome =>
  shownPhase(session, now) === "OFFERED"
    ? no("NOT_YET", "An offer is as long as it was made. Accept it first; a booking can be extended and shortened.")
    : no("ALREADY_OVER", `A session that is ${shownPhase(session, now)} cannot be made longer or shorter.`);

async function bySlots(
  slots: number,
  change: { sessionId: string; user: Call["caller"]["person"]; now: number },
): Promise<Outcome> {
  if (slots < 0) return shortenSession({ ...change, slots: -slots });
  const extended = await extendSession({ ...change, slots });
  if (extended.ok) return extended;
  const { refusal, longest } = extended.error;
  if (longest === 0) return { ok: false, error: refusal };
  const sentence = `${refusal.sentence} It could be extended by ${longest} slots at the most.`;
  return { ok: false, error: { ...refusal, sentence } };
}

/** The problem, with where the session is now and what may be done. */
async function conflict(id: string, { code, sentence }: Refusal, { looking }: Call): Promise<ProblemDetails> {
  const session = await readAnySession(id);
  const phase = session ? shownPhase(session, looking.now) : undefined;
  const state = phase === undefined ? {} : { phase, allowed: phasesToChoose(phase) };
  // Nothing but a number of slots can be wrong in itself by now.
  const place = code === "INVALID_REQUEST" ? { path: "/delta" } : {};
  return problemOf(updateStatus[code], sentence, { code, ...place, ...state });
}
