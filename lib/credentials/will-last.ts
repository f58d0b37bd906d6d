import type { Millis } from "#lib/booking/slot.ts";
import type { ProviderConfig } from "#lib/config.ts";
import { findCredential } from "#lib/db/credentials.ts";
import { actFor } from "./act-for.ts";
import { CredentialTrouble } from "./credential-trouble.ts";

/** Whether Meridian can act for a user until a time. `certain`: the provider has just said so itself. */
export type Lasting =
  | { readonly ok: true; readonly certain: boolean }
  /** `endsAt`: it is good until then; null: it is not good any more, or there is none. */
  | { readonly ok: false; readonly endsAt: Millis | null };

/**
 * Looks whether what is held for a user will be good until `until`: what cannot be refreshed must live that long; what can is
 * refreshed now, unless that was done since `provenSince`, as its own life is not known. A provider that does not answer proves
 * nothing against it.
 */
export async function willLast({
  until,
  ...asked
}: {
  userId: string;
  provider: ProviderConfig;
  until: Millis;
  provenSince: Millis;
  clock: () => Millis;
  signal: AbortSignal;
}): Promise<Lasting> {
  try {
    await actFor({ ...asked, to: "start" });
  } catch (error) {
    if (!(error instanceof CredentialTrouble)) throw error;
    return error.kind === "sign-in needed" ? { ok: false, endsAt: null } : { ok: true, certain: false };
  }
  const credential = await findCredential(asked.userId, asked.provider.name);
  if (credential === null) return { ok: false, endsAt: null };
  const { expiresAt } = credential;
  return expiresAt !== null && expiresAt < until ? { ok: false, endsAt: expiresAt } : { ok: true, certain: true };
}
