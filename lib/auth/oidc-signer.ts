import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import type { Millis } from "#lib/booking/slot.ts";
import { CredentialTrouble } from "#lib/credentials/credential-trouble.ts";
import { type OidcConfig, signerOf } from "#lib/credentials/oidc.ts";

/** What a provider calls itself, and the key that it signed something with. */
export interface Signer {
  readonly issuer: string;
  /** Throws {@link CredentialTrouble} when the provider cannot be asked for its keys. */
  readonly keyOf: JWTVerifyGetKey;
}

/** A provider that did not answer is not asked again for so long: anybody can send a token that names it. */
const AFTER_TROUBLE_MS: Millis = 5_000;
const KEYS_MS = 5_000;

interface Asked {
  readonly signer: Promise<Signer>;
  failedAt: Millis | null;
}
const asked = new Map<string, Asked>();

/**
 * Who signs for a provider. It is asked once a process; its keys are kept for ten minutes and read again when one is named
 * that was not there, every half a minute at the most. Throws {@link CredentialTrouble} when it does not answer.
 */
export function signerNow(provider: OidcConfig, now: Millis): Promise<Signer> {
  const known = asked.get(provider.issuer);
  if (known && (known.failedAt === null || now - known.failedAt < AFTER_TROUBLE_MS)) return known.signer;
  const one: Asked = { signer: find(provider), failedAt: null };
  one.signer.catch(() => {
    one.failedAt = now;
  });
  asked.set(provider.issuer, one);
  return one.signer;
}

async function find(provider: OidcConfig): Promise<Signer> {
  const { issuer, keys } = await signerOf(provider);
  const published = createRemoteJWKSet(keys, { timeoutDuration: KEYS_MS });
  return {
    issuer,
    keyOf: async (header, token) => {
      try {
        return await published(header, token);
      } catch (error) {
        if (tokensFault.some((one) => error instanceof one)) throw error;
        throw new CredentialTrouble("provider unwell", `${provider.title} does not say which keys it signs with.`);
      }
    },
  };
}

/** The provider answered, and has no such key. */
const tokensFault = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
