import { providerNamed } from "#lib/config.ts";
import type { StoredCredential } from "#lib/db/credentials.ts";
import { CredentialTrouble } from "./credential-trouble.ts";
import { revokeToken } from "./oidc.ts";
import { openSecret } from "./sealing.ts";
import { VaultError } from "./vault.ts";

/**
 * Tells the provider that what is sealed in a credential is not needed any more, where it can be told (RFC 7009). What cannot be
 * opened any more, or whose provider is not configured any more, cannot be revoked. False: the provider does not answer, and is to
 * be told again.
 */
export async function letGo(credential: StoredCredential): Promise<boolean> {
  const provider = providerNamed(credential.provider);
  if (provider?.kind !== "oidc" || credential.deadSince !== null) return true;
  try {
    const secret = openSecret(credential);
    if (secret.kind === "oidc") await revokeToken(provider, secret.refreshToken ?? secret.accessToken);
    return true;
  } catch (error) {
    if (!(error instanceof CredentialTrouble || error instanceof VaultError)) throw error;
    console.error(`a credential could not be revoked: ${error.message}`);
    return error instanceof VaultError;
  }
}
