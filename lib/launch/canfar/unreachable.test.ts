import { expect, test } from "vitest";
import { createAuthority } from "#e2e/skaha/certificate-authority.ts";
import { unreachable } from "./unreachable.ts";

const NOW = Date.UTC(2026, 10, 26, 12);
const HOUR_MS = 3_600_000;
const { certificate, key } = await (await createAuthority()).issue({ name: "alice", from: 0, until: NOW + HOUR_MS });
const withCertificate = { certificate, key };
const withToken = { token: "alice-token" };

/** As `fetch` fails: the reason is the cause, and the words may hold an address. */
const failed = (code: string | null) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("at https://x/session/a1b2c3d4"), code && { code }) });
const troubleOf = (code: string | null, acting: Parameters<typeof unreachable>[1], now = NOW) =>
  unreachable(failed(code), acting, now).trouble;

test.each([
  ["ECONNREFUSED", "it cannot be reached (ECONNREFUSED)"],
  ["UND_ERR_SOCKET", "it cannot be reached (UND_ERR_SOCKET)"],
  [null, "it cannot be reached (no answer)"],
  [
    "SELF_SIGNED_CERT_IN_CHAIN",
    "it cannot be trusted, as its certificate is signed by an authority that is not known here (SELF_SIGNED_CERT_IN_CHAIN)",
  ],
  ["CERT_HAS_EXPIRED", "it cannot be trusted, as its certificate has expired (CERT_HAS_EXPIRED)"],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "it cannot be trusted, as its certificate is another host's (ERR_TLS_CERT_ALTNAME_INVALID)",
  ],
])("%s is trouble of the platform, with a token and with a certificate that is good", (code, text) => {
  for (const acting of [withToken, withCertificate])
    expect(troubleOf(code, acting)).toMatchObject({ kind: "unwell", text });
});

test.each([
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "the certificate has expired"],
  ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "it does not accept the certificate"],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "it does not accept the certificate"],
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED", "it does not accept the certificate"],
  ["ERR_OSSL_X509_KEY_VALUES_MISMATCH", "the certificate and its key cannot be used"],
])("%s means with a certificate: sign in again; with a token it is the platform's", (code, words) => {
  expect(troubleOf(code, withCertificate)).toEqual({ kind: "sign-in needed", text: `${words} (${code})` });
  expect(troubleOf(code, withToken).kind).toBe("unwell");
});

test("a connection that is cut off says: sign in again, from the moment the certificate is over", () => {
  for (const code of ["UND_ERR_SOCKET", "ECONNRESET"]) {
    expect(troubleOf(code, withCertificate, NOW + HOUR_MS - 1).kind).toBe("unwell");
    expect(troubleOf(code, withCertificate, NOW + HOUR_MS).kind).toBe("sign-in needed");
  }
  expect(troubleOf("ECONNREFUSED", withCertificate, NOW + HOUR_MS).kind).toBe("unwell");
  expect(troubleOf("ECONNRESET", { certificate: "none", key }).kind).toBe("unwell");
});

test("a parser's error without a code is no answer", () => {
  const error = new TypeError("fetch failed", { cause: Object.assign(new Error("no HTTP"), { code: undefined }) });
  expect(unreachable(error, withToken, NOW).trouble).toMatchObject({ text: "it cannot be reached (no answer)" });
});

test("an answer that did not come in time is trouble of the platform, whatever the certificate", () => {
  const late = new DOMException("not done", "TimeoutError");
  expect(unreachable(late, withCertificate, NOW + HOUR_MS).trouble).toMatchObject({
    text: "it did not answer in time",
  });
});
