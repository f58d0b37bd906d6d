import { createPrivateKey, X509Certificate } from "node:crypto";
import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";

/** A certificate with its key, both PEM; after the certificate may come those of who signed it. */
export interface PemPair {
  readonly certificate: string;
  readonly key: string;
  /** When the first of its certificates ends, in milliseconds since 1970. */
  readonly expiresAt: Millis;
}

/**
 * Reads a text with one or more certificates and exactly one private key in PEM (RFC 7468), in any order and with anything
 * between them. Refuses a key that is not the first certificate's, or that is locked with a password.
 */
export const pemPair = z.string().transform((text, context): PemPair => {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g)];
  const certificates = blocks.filter(([, label]) => label === "CERTIFICATE").map(([block]) => block);
  const keys = blocks.filter(([, label]) => label?.endsWith("PRIVATE KEY")).map(([block]) => block);
  const expiresAt = keys.length === 1 && keys[0] ? endOfPair(certificates, keys[0]) : null;
  if (expiresAt !== null) return { certificate: lines(certificates), key: lines(keys), expiresAt };
  context.addIssue({ code: "custom", message: "not a certificate with its key" });
  return z.NEVER;
});

/** Null when the first is not the key's own certificate, or something cannot be read. */
function endOfPair(certificates: readonly string[], key: string): Millis | null {
  try {
    const parsed = certificates.map((one) => new X509Certificate(one));
    if (!parsed[0]?.checkPrivateKey(createPrivateKey(key))) return null;
    const end = Math.min(...parsed.map(({ validTo }) => Date.parse(validTo)));
    return Number.isNaN(end) ? null : end;
  } catch {
    return null; // the caller says what is wrong, without the text: it holds a key
  }
}

const lines = (blocks: readonly string[]) => blocks.map((block) => `${block}\n`).join("");
