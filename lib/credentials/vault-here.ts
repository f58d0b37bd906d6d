import { readFileSync } from "node:fs";
import path from "node:path";
import { readEnvironment } from "#lib/env.ts";
import { makeVault, type Sealed, type SecretOwner, type Vault, VaultError } from "./vault.ts";

let kept: { readonly ring: string; readonly vault: Vault } | null = null;

/** The file in which an installation keeps the vault's keys, unless MERIDIAN_VAULT_KEY has them. */
export const vaultFile = (data: string): string => path.join(data, "vault.key");

/** The vault of this installation: the ring of MERIDIAN_VAULT_KEY, else that of its file. Throws a {@link VaultError}. */
export function vaultHere(): Vault {
  const ring = process.env.MERIDIAN_VAULT_KEY || readRing();
  if (kept?.ring !== ring) kept = { ring, vault: makeVault(ring) };
  return kept.vault;
}

/** The file is read each time: a key that was put in front while this process runs is found. */
function readRing(): string {
  const file = vaultFile(readEnvironment().MERIDIAN_DATA);
  try {
    return readFileSync(/* turbopackIgnore: true */ file, "utf8").trim();
  } catch (error) {
    throw new VaultError(`The vault's keys cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

export const sealHere = (text: string, owner: SecretOwner): Sealed => vaultHere().seal(text, owner);
export const openHere = (sealed: Sealed, owner: SecretOwner): string => vaultHere().open(sealed, owner);
