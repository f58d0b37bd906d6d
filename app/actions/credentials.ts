"use server";

import { z } from "zod";
import type { Answer } from "#lib/api/view.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { no } from "#lib/booking/refusal.ts";
import { asOneAction } from "#lib/broker/as-one-action.ts";
import { withdrawCredential as withdraw } from "#lib/broker/withdraw-credential.ts";

/** Takes back what the person delegated with a provider's sign-in. */
export async function withdrawCredential(provider: string): Promise<Answer<null>> {
  const person = await currentPerson();
  const named = z.string().max(64).safeParse(provider);
  if (!person || !named.success) {
    const refusal = no("NOT_FOUND", person ? undefined : "You are signed out. Sign in again.").error;
    return { ok: false, no: { refusals: [refusal], ways: [] } };
  }
  const result = await asOneAction(() => withdraw({ provider: named.data, user: person, now: Date.now() }));
  return result.ok ? { ok: true, value: null } : { ok: false, no: { refusals: [result.error], ways: [] } };
}
