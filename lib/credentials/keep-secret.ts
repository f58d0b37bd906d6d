import type { Millis } from "#lib/booking/slot.ts";
import { findCredential, keepNewCredential } from "#lib/db/credentials.ts";
import { openSecret, sealSecret } from "./sealing.ts";
import type { Secret } from "./secret.ts";
import { VaultError } from "./vault.ts";

/**
 * Keeps what a sign-in gave, sealed, in place of what was held for that user and provider before. That is forgotten and not
 * revoked: some providers end both with it, as both belong to one sign-in there. `expiresAt`: from then on only a new sign-in
 * helps; `freshUntil`: from then on it is refreshed.
 *
 * A sign-in that cannot be renewed does not replace one that can: some providers give that only the first time.
 */
export async function keepSecret(
  kept: {
    readonly userId: string;
    readonly provider: string;
    readonly secret: Secret;
    readonly freshUntil: Millis | null;
    readonly expiresAt: Millis | null;
  },
  { who, now }: { readonly who: string; readonly now: Millis },
): Promise<void> {
  const { userId, provider, secret } = kept;
  if (!isRenewable(secret) && (await holdsRenewable(userId, provider))) return;
  const seal = (id: string) => sealSecret(kept, { id, userId });
  await keepNewCredential({ userId, provider, kind: secret.kind }, seal, { who, now });
}

const isRenewable = (secret: Secret): boolean => secret.kind === "oidc" && secret.refreshToken !== null;

async function holdsRenewable(userId: string, provider: string): Promise<boolean> {
  const held = await findCredential(userId, provider);
  if (!held || held.deadSince !== null || held.withdrawnAt !== null || held.expiresAt !== null) return false;
  try {
    return isRenewable(openSecret(held));
  } catch (error) {
    // Whose key is away cannot be used: the new one is better.
    if (error instanceof VaultError) return false;
    throw error;
  }
}
