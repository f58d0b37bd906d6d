"use server";

import { z } from "zod";
import { parseAccessToken } from "#lib/api/access-token-form.ts";
import type { NewTokenView } from "#lib/api/profile-view.ts";
import type { Answer } from "#lib/api/view.ts";
import { rateLimit, tooOften } from "#lib/auth/rate-limit.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { newSecret } from "#lib/auth/token-secret.ts";
import { no, type Refusal } from "#lib/booking/refusal.ts";
import { asOneAction } from "#lib/broker/as-one-action.ts";
import { makeAccessToken as make } from "#lib/broker/make-access-token.ts";
import { withdrawAccessToken as withdraw } from "#lib/broker/withdraw-access-token.ts";

/** Makes an access token for the person. Its secret is in this answer and nowhere else. */
export async function makeAccessToken(form: unknown): Promise<Answer<NewTokenView>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  const rate = rateLimit("write", person.id, Date.now());
  if (!rate.ok) return refused(no("QUOTA_REACHED", tooOften(rate.retryAfterSeconds)).error);
  const wanted = parseAccessToken(form);
  if (!wanted.ok) return refused(wanted.error);
  const { secret, hash, hint } = newSecret();
  const token = { user: person, wanted: wanted.value, secret: { hash, hint }, now: Date.now() };
  const result = await asOneAction(() => make(token));
  if (!result.ok) return refused(result.error);
  const { tokenId, expiresAt } = result.value;
  return { ok: true, value: { id: tokenId, secret, expiresAt } };
}

/** Takes one of the person's access tokens back. */
export async function withdrawAccessToken(id: string): Promise<Answer<null>> {
  const person = await currentPerson();
  if (!person) return refused(signedOut);
  const named = z.uuid().safeParse(id);
  if (!named.success) return refused(no("NOT_FOUND", "There is no such token.").error);
  const result = await asOneAction(() => withdraw({ tokenId: named.data, user: person, now: Date.now() }));
  return result.ok ? { ok: true, value: null } : refused(result.error);
}

const signedOut = no("NOT_FOUND", "You are signed out. Sign in again.").error;

const refused = (refusal: Refusal): { ok: false; no: { refusals: Refusal[]; ways: [] } } => ({
  ok: false,
  no: { refusals: [refusal], ways: [] },
});
