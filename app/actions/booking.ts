"use server";

import { z } from "zod";
import { toOfferSetView } from "#app/data.ts";
import { parseExecutionRequest } from "#lib/api/execution-request.ts";
import type { Answer, NoView, OfferSetView } from "#lib/api/view.ts";
import { type Caller, currentPerson } from "#lib/auth/session.ts";
import { no, type Refusal, type Result } from "#lib/booking/refusal.ts";
import { acceptOffer as accept } from "#lib/broker/accept-offer.ts";
import { cancelSession as cancel } from "#lib/broker/cancel-session.ts";
import { bookingPlace } from "#lib/broker/read-calendar.ts";
import { readOfferSet } from "#lib/broker/read-offer-set.ts";
import { rejectOffers as reject } from "#lib/broker/reject-offers.ts";
import { requestOffers as request } from "#lib/broker/request-offers.ts";

const uuid = z.uuid();

/** Asks for offers; earlier live sets named in `instead` are released first ("Ask again"). */
export async function requestOffers(form: unknown, instead: readonly string[] = []): Promise<Answer<OfferSetView>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  const asked = parseExecutionRequest(form);
  if (!asked.ok) return refused(...asked.error);
  const place = await bookingPlace(person.id);
  if (!place) return refused(no("NOT_FOUND", "You are in no project that may book here.").error);
  const replaced = z.array(uuid).max(20).catch([]).parse(instead);
  const now = Date.now();
  const { platform, project } = place;
  const result = await request({
    request: asked.value,
    platform,
    projectId: project.id,
    user: person,
    instead: replaced,
    now,
  });
  if (!result.ok) return { ok: false, no: result.error };
  const { offerSetId } = result.value;
  const made = await readOfferSet({ offerSetId, userId: person.id, platformId: platform.id, now });
  return made ? { ok: true, value: toOfferSetView(made) } : refused(no("OFFER_EXPIRED").error);
}

/** Books an offer. Answers with the session's id (the offer's own). */
export async function acceptOffer(offerId: string): Promise<Answer<{ sessionId: string }>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  if (!uuid.safeParse(offerId).success) return refused(no("NOT_FOUND").error);
  const now = Date.now();
  const result = await accept({ offerId, user: person, now });
  if (result.ok) return { ok: true, value: result.value };
  const { refusals, ways, freshOfferSetId } = result.error;
  const place = freshOfferSetId === null ? null : await bookingPlace(person.id);
  const fresh =
    place && freshOfferSetId !== null
      ? await readOfferSet({ offerSetId: freshOfferSetId, userId: person.id, platformId: place.platform.id, now })
      : null;
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

const signedOut: Refusal = no("NOT_FOUND", "You are signed out. Please sign in again.").error;

const refused = (...refusals: Refusal[]): { ok: false; no: NoView } => ({ ok: false, no: { refusals, ways: [] } });

/** What the steps about one thing share: who is it, is that an id, one step, its answer. */
async function withPerson<T>(id: unknown, step: (person: Caller) => Promise<Result<T>>): Promise<Answer<T>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  if (!uuid.safeParse(id).success) return refused(no("NOT_FOUND").error);
  const result = await step(person);
  return result.ok ? { ok: true, value: result.value } : refused(result.error);
}
