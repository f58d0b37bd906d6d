import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Whose secret it is: sealed with it, so that a row that was copied to somebody else cannot be opened there. */
export interface SecretOwner {
  readonly userId: string;
  readonly credentialId: string;
}

export interface Sealed {
  /** Nonce, ciphertext and tag. */
  readonly sealed: Buffer;
  readonly keyId: string;
}

export interface Vault {
  /** The key that seals now; what has another `keyId` is to be sealed anew when keys are rotated. */
  readonly keyId: string;
  seal(secret: string, owner: SecretOwner): Sealed;
  /** Throws {@link VaultError}: the key is not here, or the seal was broken, or it belongs to somebody else. */
  open(sealed: Sealed, owner: SecretOwner): string;
}

/** A secret that cannot be opened. Says why, and never what. */
export class VaultError extends Error {
  override readonly name = "VaultError";
}

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The vault of a ring of keys: each 32 random bytes in base64, separated by commas or white space. The first one seals, all of
 * them open: to rotate, put a new one in front, seal everything anew, take the old ones away. AES-256-GCM with a random nonce
 * for each seal (NIST SP 800-38D, 8.2.2: good for 2^32 seals a key) and the owner as additional data. A key's id is the
 * beginning of its SHA-256, so that it need not be named.
 *
 * Throws a {@link VaultError} when there is no key or when one is not 32 bytes.
 */
export function makeVault(ring: string): Vault {
  const keys = keysOf(ring);
  const [current] = keys;
  if (!current) throw new VaultError("There is no key of the vault.");
  const [keyId, key] = current;
  return {
    keyId,
    seal(secret, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(additional(owner));
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return { sealed: Buffer.concat([nonce, text, cipher.getAuthTag()]), keyId };
    },
    open({ sealed, keyId: usedId }, owner) {
      const used = keys.get(usedId);
      if (!used) throw new VaultError(`The vault's key ${usedId} is not here: what it sealed cannot be opened.`);
      if (sealed.length < NONCE_BYTES + TAG_BYTES) throw broken();
      const decipher = createDecipheriv(ALGORITHM, used, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(additional(owner))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString("utf8");
      } catch {
        throw broken();
      }
    },
  };
}

const keysOf = (ring: string): Map<string, Buffer> =>
  new Map(
    ring
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(readKey),
  );

/** The ids of a ring's keys, in its order. Throws as {@link makeVault}. */
export const keyIdsOf = (ring: string): string[] => [...keysOf(ring).keys()];

const broken = () => new VaultError("A sealed credential was changed, or belongs to somebody else.");

function readKey(text: string): [id: string, key: Buffer] {
  const key = Buffer.from(text, "base64");
  if (key.length !== KEY_BYTES || key.toString("base64") !== text) {
    throw new VaultError(`A key of the vault must be ${KEY_BYTES} bytes in base64.`);
  }
  return [createHash("sha256").update(key).digest("hex").slice(0, 12), key];
}

/** No two owners have the same bytes: each part says how long it is. */
function additional({ userId, credentialId }: SecretOwner): Buffer {
  return Buffer.from(JSON.stringify([userId, credentialId]), "utf8");
}
