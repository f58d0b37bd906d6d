import { decodeJwt, errors, jwtVerify } from "jose";
import type { Scope } from "#lib/booking/access-scope.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { readConfig } from "#lib/config.ts";
import { CredentialTrouble } from "#lib/credentials/credential-trouble.ts";
import type { OidcConfig } from "#lib/credentials/oidc.ts";
import { type NotIn, notIn } from "./not-in.ts";
import { signerNow } from "./oidc-signer.ts";

export interface ReadOidcToken {
  readonly ok: true;
  readonly provider: { readonly name: string; readonly title: string };
  readonly subject: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** Signed with a private key. Never `none`, and never HS…, whose key would be what everybody may read. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
/** What the header may call an access token (RFC 9068, 2.1; RFC 7519, 5.1); many providers leave it out. */
const ACCESS_TOKEN_TYPES = ["at+jwt", "application/at+jwt", "jwt", "application/jwt"];
/** So far may our clock and the provider's be apart. */
const CLOCKS_SECONDS = 60;

/**
 * Who a signed access token (JWT, RFC 9068) of a configured provider is of. Only providers with an `apiAudience` count, and the
 * token must name that audience: one that was made for another service must not open ours, as whoever runs that service has
 * it. Issuer exactly as the provider calls itself, subject and end must be there, signed with a key that it publishes. What calls
 * itself something else in its header, such as `logout+jwt`, is none, and neither is one with a `nonce`, which ID tokens have.
 *
 * It may read and book; where its `scope` names any `meridian:…`, then only what it names of `meridian:read` and
 * `meridian:book`. Never more than that: to see everybody's takes a token that was made for it here.
 */
export async function readOidcToken(token: string, now: Millis): Promise<ReadOidcToken | NotIn> {
  const provider = providerThatMayHaveMade(token);
  if (!provider) return notIn("bad-token");
  try {
    const { issuer, keyOf } = await signerNow(provider, now);
    const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
      issuer,
      audience: [...(provider.apiAudience ?? [])],
      algorithms: ALGORITHMS,
      requiredClaims: ["sub", "exp"],
      clockTolerance: CLOCKS_SECONDS,
      currentDate: new Date(now),
    });
    if (typeof payload.sub !== "string" || payload.sub === "") return notIn("bad-token");
    if (!isAccessToken(protectedHeader.typ) || payload.nonce !== undefined) {
      return notIn("bad-token", "This is no access token.");
    }
    return { ok: true, provider, subject: payload.sub, scopes: scopesOfClaim(payload.scope) };
  } catch (error) {
    if (error instanceof CredentialTrouble) return notIn("unwell");
    if (!(error instanceof errors.JOSEError)) throw error;
    return whyNot(error);
  }
}

const isAccessToken = (type: unknown): boolean =>
  type === undefined || (typeof type === "string" && ACCESS_TOKEN_TYPES.includes(type.toLowerCase()));

/** By what it says of itself, which nobody has checked yet. */
function providerThatMayHaveMade(token: string): OidcConfig | undefined {
  let issuer: unknown;
  try {
    issuer = decodeJwt(token).iss;
  } catch {
    return undefined;
  }
  if (typeof issuer !== "string") return undefined;
  const isOf = (one: string) => one.replace(/\/+$/, "") === issuer.replace(/\/+$/, "");
  for (const one of readConfig().providers)
    if (one.kind === "oidc" && one.apiAudience !== undefined && isOf(one.issuer)) return one;
  return undefined;
}

function whyNot(error: errors.JOSEError): NotIn {
  if (error instanceof errors.JWTExpired) return notIn("expired");
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud")
    return notIn("bad-token", "This token was made for another service.");
  return notIn("bad-token");
}

/** What the `scope` of a token (words with spaces, as OAuth has it) allows here. */
export function scopesOfClaim(claim: unknown): ReadonlySet<Scope> {
  const ours = typeof claim === "string" ? claim.split(" ").filter((one) => one.startsWith("meridian:")) : [];
  const may = ["read", "book"] as const;
  return new Set(ours.length === 0 ? may : may.filter((one) => ours.includes(`meridian:${one}`)));
}
