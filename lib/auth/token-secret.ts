import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const PREFIX = "mrd_";
const SHAPE = /^mrd_[A-Za-z0-9_-]{49}$/;

/** The secret of an access token, and the two things that are kept of it. */
export interface NewSecret {
  /** Shown once and kept nowhere. */
  readonly secret: string;
  readonly hash: Buffer;
  /** Its last four characters, which are of the checksum. */
  readonly hint: string;
}

/**
 * A new secret: `mrd_`, 256 random bits in base64url (43 characters), and a checksum of 6 characters, so that one that was
 * cut off or mistyped is known as such without the database, and a scan of published code finds true ones only.
 */
export function newSecret(): NewSecret {
  const start = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const secret = `${start}${checksum(start)}`;
  return { secret, hash: hashOf(secret), hint: secret.slice(-4) };
}

/** Whether it can be a secret of ours at all. */
export const isSecret = (text: string): boolean => SHAPE.test(text) && text.slice(-6) === checksum(text.slice(0, -6));

/** Whether it means to be one. */
export const looksLikeSecret = (text: string): boolean => text.startsWith(PREFIX);

/**
 * What is stored and looked for: SHA-256. A slow hash protects what can be guessed, such as a password; of 256 random bits
 * nobody tries them all, and each request would have to wait for it.
 */
export const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString("base64url");
}
