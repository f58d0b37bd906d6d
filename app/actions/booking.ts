"use server";

import { z } from "zod";
import { chosenPlatform, keepPlatform } from "#app/chosen-platform.ts";
import { toOfferSetView } from "#app/data.ts";
import { parseExecutionRequest } from "#lib/api/execution-request.ts";
import type { Answer, NoView, OfferSetView } from "#lib/api/view.ts";
import { type Caller, currentPerson } from "#lib/auth/session.ts";
import { no, type Refusal, type Result } from "#lib/booking/refusal.ts";
import { acceptOffer as accept } from "#lib/broker/accept-offer.ts";
import { asOneAction } from "#lib/broker/as-one-action.ts";
import { cancelSession as cancel } from "#lib/broker/cancel-session.ts";
import { extendSession as extend } from "#lib/broker/extend-session.ts";
import { joinWaitlist as join } from "#lib/broker/join-waitlist.ts";
import { leaveWaitlist as leave } from "#lib/broker/leave-waitlist.ts";
import { moveBooking as move } from "#lib/broker/move-booking.ts";
import { bookingPlace } from "#lib/broker/read-calendar.ts";
import { readOfferSet } from "#lib/broker/read-offer-set.ts";
import { rejectOffers as reject } from "#lib/broker/reject-offers.ts";
import { endSeries as end, repeatSession as repeat } from "#lib/broker/repeat-session.ts";
import { requestOffers as request } from "#lib/broker/request-offers.ts";
import { shortenSession as shorten } from "#lib/broker/shorten-session.ts";

const uuid = z.uuid();

/**
 * Asks for offers; earlier live sets named in `instead` are released first ("Ask again"). `elsewhere` asks on the platform of
 * that name, and this browser books there from then on.
 */
export async function requestOffers(
  form: unknown,
  instead: readonly string[] = [],
  elsewhere?: string,
): Promise<Answer<OfferSetView>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  const asked = parseExecutionRequest(form);
  if (!asked.ok) return refused(...asked.error);
  const place = await placeOf(person, elsewhere);
  if (!place || (elsewhere !== undefined && place.platform.name !== elsewhere)) return refused(nowhere);
  const replaced = z.array(uuid).max(20).catch([]).parse(instead);
  const now = Date.now();
  const { platform, project } = place;
  const wanted = { request: asked.value, platform, projectId: project.id, user: person, instead: replaced, now };
  const result = await asOneAction(() => request(wanted));
  if (!result.ok) return { ok: false, no: result.error };
  if (elsewhere !== undefined) await keepPlatform(platform.name);
  const { offerSetId } = result.value;
  const made = await readOfferSet({ offerSetId, userId: person.id, now });
  return made ? { ok: true, value: toOfferSetView(made) } : refused(no("OFFER_EXPIRED").error);
}

/** Books an offer. Answers with the session's id (the offer's own). */
export async function acceptOffer(offerId: string): Promise<Answer<{ sessionId: string }>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  if (!uuid.safeParse(offerId).success) return refused(no("NOT_FOUND").error);
  const now = Date.now();
  const result = await asOneAction(() => accept({ offerId, user: person, now }));
  if (result.ok) return { ok: true, value: result.value };
  const { refusals, ways, freshOfferSetId } = result.error;
  const fresh = freshOfferSetId && (await readOfferSet({ offerSetId: freshOfferSetId, userId: person.id, now }));
  return { ok: false, no: { refusals, ways, ...(fresh ? { fresh: toOfferSetView(fresh) } : {}) } };
}

/** Releases every offer of a set. */
export async function rejectOffers(offerSetId: string): Promise<Answer<null>> {
  return withPerson(offerSetId, (person) => reject({ offerSetId, user: person, now: Date.now() }));
}

/** Cancels a booking or a running session. */
export async function cancelSession(sessionId: string): Promise<Answer<null>> {
  return withPerson(sessionId, (person) => cancel({ sessionId, user: person, now: Date.now() }));
}

/** Extends a booking by whole slots. */
export async function extendSession(sessionId: string, slots: number): Promise<Answer<{ endsAt: number }>> {
  return withPerson(sessionId, async (person) => {
    const result = await extend({ sessionId, user: person, slots, now: Date.now() });
    return result.ok ? result : { ok: false, error: result.error.refusal };
  });
}

/** Gives back whole slots at the end of a booking. */
export async function shortenSession(sessionId: string, slots: number): Promise<Answer<{ endsAt: number }>> {
  return withPerson(sessionId, (person) => shorten({ sessionId, user: person, slots, now: Date.now() }));
}

/** Moves a booking that has not begun to another start. */
export async function moveBooking(sessionId: string, startsAt: number): Promise<Answer<{ startsAt: number }>> {
  return withPerson(sessionId, (person) => move({ sessionId, user: person, startsAt, now: Date.now() }));
}

/** Repeats a booking every day or week, until a time (null: for a year). */
export async function repeatSession(
  sessionId: string,
  every: "day" | "week",
  until: number | null,
): Promise<Answer<{ seriesId: string }>> {
  if (every !== "day" && every !== "week") return refused(no("INVALID_REQUEST", "Every day, or every week?").error);
  return withPerson(sessionId, (person) => repeat({ sessionId, user: person, every, until, now: Date.now() }));
}

/** Ends a repetition; what is booked stays booked. */
export async function endSeries(seriesId: string): Promise<Answer<null>> {
  return withPerson(seriesId, (person) => end({ seriesId, user: person }));
}

/** Waits for a request that finds no room. */
export async function joinWaitlist(form: unknown): Promise<Answer<{ waitId: string }>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  const asked = parseExecutionRequest(form);
  if (!asked.ok) return refused(...asked.error);
  const place = await placeOf(person);
  if (!place) return refused(nowhere);
  const { platform, project } = place;
  const now = Date.now();
  const wanted = { request: asked.value, platform, projectId: project.id, user: person, now };
  const result = await asOneAction(() => join(wanted));
  return result.ok ? { ok: true, value: result.value } : refused(...result.error);
}

/** Gives up a place in the waiting list. */
export async function leaveWaitlist(waitId: string): Promise<Answer<null>> {
  return withPerson(waitId, (person) => leave({ waitId, user: person, now: Date.now() }));
}

/** From now on this browser books on the platform of that name. */
export async function choosePlatform(name: string): Promise<Answer<null>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  const place = await bookingPlace(person.id, name);
  if (place?.platform.name !== name) return refused(nowhere);
  await keepPlatform(name);
  return { ok: true, value: null };
}

const placeOf = async (person: Caller, name?: string) => bookingPlace(person.id, name ?? (await chosenPlatform()));

const nowhere: Refusal = no("NOT_FOUND", "You are in no project that may book here.").error;

const signedOut: Refusal = no("NOT_FOUND", "You are signed out. Please sign in again.").error;

const refused = (...refusals: Refusal[]): { ok: false; no: NoView } => ({ ok: false, no: { refusals, ways: [] } });

/** What the steps about one thing share: who is it, is that an id, one step, its answer. */
async function withPerson<T>(id: unknown, step: (person: Caller) => Promise<Result<T>>): Promise<Answer<T>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  if (!uuid.safeParse(id).success) return refused(no("NOT_FOUND").error);
  const result = await asOneAction(() => step(person));
  return result.ok ? { ok: true, value: result.value } : refused(result.error);
}
