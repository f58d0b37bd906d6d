import { errorCode, isTimeOut } from "#lib/error-code.ts";
import { type Acting, isOver } from "./acting.ts";
import { SkahaError, unwell } from "./skaha-error.ts";

/**
 * What it means that no answer came. A certificate that is over or that nobody accepts is the user's to renew and no trouble of
 * the platform; everything else is, and may pass. The words carry no address, as that may hold an id; `fetch` hides why it
 * failed in the cause.
 */
export function unreachable(error: unknown, acting: Acting, now = Date.now()): SkahaError {
  const timedOut = isTimeOut(error);
  const code = errorCode(error);
  const refused = timedOut ? null : certificateTrouble(acting, code, now);
  if (refused) return new SkahaError({ kind: "sign-in needed", text: refused }, error);
  if (timedOut) return new SkahaError(unwell("it did not answer in time"), error);
  return new SkahaError(unwell(inWords(code), { isUnreached: code !== null && withoutConnection.has(code) }), error);
}

/** Nobody would have been answered. One that breaks later may have to do with who asked, and for what. */
const withoutConnection: ReadonlySet<string> = new Set(
  "ECONNREFUSED EHOSTUNREACH ENETUNREACH ETIMEDOUT ENOTFOUND EAI_AGAIN UND_ERR_CONNECT_TIMEOUT".split(" "),
);

/** What is wrong with our own certificate, by the alerts of TLS (RFC 8446, 6.2) and OpenSSL's own words; null for nothing. */
function certificateTrouble(acting: Acting, code: string | null, now: number): string | null {
  if ("token" in acting || code === null) return null;
  const isCutOff = /^(UND_ERR_SOCKET|ECONNRESET|EPIPE|ERR_SSL_)/.test(code);
  if (/ALERT_CERTIFICATE_EXPIRED$/.test(code) || (isCutOff && isOver(acting, now))) {
    return `the certificate has expired (${code})`;
  }
  if (/ALERT_(BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/.test(code)) {
    return `it does not accept the certificate (${code})`;
  }
  return code.startsWith("ERR_OSSL_") ? `the certificate and its key cannot be used (${code})` : null;
}

function inWords(code: string | null): string {
  if (code === null) return "it cannot be reached (no answer)";
  const words = itsCertificate[code];
  return words ? `it cannot be trusted, as ${words} (${code})` : `it cannot be reached (${code})`;
}

const unknownAuthority = "its certificate is signed by an authority that is not known here";
const itsCertificate: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is another host's",
};
