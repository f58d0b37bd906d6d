import { allCredentials, keepResealed } from "#lib/db/credentials.ts";
import { openSecret, sealSecret } from "./sealing.ts";
import { vaultHere } from "./vault-here.ts";

/** How many are sealed with each key, by its id. */
export async function sealedByKey(): Promise<Map<string, number>> {
  const all = new Map<string, number>();
  for (const { keyId } of await allCredentials()) all.set(keyId, (all.get(keyId) ?? 0) + 1);
  return all;
}

/**
 * Seals everything with the first key of the ring that was sealed with another one; the old keys can be taken away afterwards.
 * What changes meanwhile is sealed with the first key anyway. Says how many were sealed anew, and which could not be opened.
 */
export async function reseal(): Promise<{ resealed: number; unopened: readonly string[] }> {
  const { keyId } = vaultHere();
  const unopened: string[] = [];
  let resealed = 0;
  for (const credential of await allCredentials()) {
    if (credential.keyId === keyId) continue;
    try {
      const { freshUntil, expiresAt } = credential;
      const anew = sealSecret({ secret: openSecret(credential), freshUntil, expiresAt }, credential);
      if (await keepResealed(credential, anew)) resealed++;
    } catch (error) {
      unopened.push(`${credential.id}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { resealed, unopened };
}
