import * as client from "openid-client";
import type { Millis } from "#lib/booking/slot.ts";
import { type ProviderConfig, secretOf } from "#lib/config.ts";
import { errorCode, isTimeOut } from "#lib/error-code.ts";
import { CredentialTrouble } from "./credential-trouble.ts";
import type { Secret } from "./secret.ts";

export type OidcConfig = Extract<ProviderConfig, { kind: "oidc" }>;

/** The tokens of a sign-in or a refresh, with the times that are known of them. */
export interface Tokens {
  readonly secret: Extract<Secret, { kind: "oidc" }>;
  readonly freshUntil: Millis | null;
  readonly expiresAt: Millis | null;
}

/** How long one answer of a provider may take. */
export const PROVIDER_MS = 10_000;
/** An access token is not shown any more so long before its end: clocks differ, and a call takes a while. */
const MARGIN_MS = 60_000;
/** A provider that does not say how long an access token lasts is believed for so long. */
const UNSAID_SECONDS = 300;

/**
 * Times of a token answer, by our own clock from when it came: the provider's clock may be off. An access token without a
 * refresh token is all there is: nothing but a new sign-in helps after its end.
 */
export function tokensOf(
  answer: { accessToken: string; refreshToken: string | null; expiresInSeconds: number | undefined },
  now: Millis,
): Tokens {
  const { accessToken, refreshToken, expiresInSeconds = UNSAID_SECONDS } = answer;
  const lifeMs = Math.max(0, expiresInSeconds) * 1000;
  const ends = now + lifeMs;
  const fresh = ends - Math.min(MARGIN_MS, lifeMs / 5);
  return {
    secret: { kind: "oidc", accessToken, refreshToken },
    freshUntil: refreshToken === null ? null : Math.round(fresh),
    expiresAt: refreshToken === null ? Math.round(ends) : null,
  };
}

/** Where a provider describes itself. What it then calls itself counts: with or without a slash at the end. */
export const wellKnownOf = (issuer: string): URL =>
  new URL(`${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`);

const discovered = new Map<string, client.Configuration>();

/** What a provider says of itself; asked once a process. Throws {@link CredentialTrouble} when it does not answer. */
async function configurationOf(setting: OidcConfig): Promise<client.Configuration> {
  const { issuer, clientId } = setting;
  const known = discovered.get(`${issuer} ${clientId}`);
  if (known) return known;
  const secret = secretOf(setting.clientSecret);
  const isPost = setting.clientAuthentication === "client_secret_post";
  const authentication =
    secret === null ? client.None() : isPost ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret);
  const found = await client
    .discovery(wellKnownOf(issuer), clientId, undefined, authentication, {
      timeout: PROVIDER_MS / 1000,
      // The configuration allows http on this machine's own addresses only.
      execute: issuer.startsWith("http:") ? [client.allowInsecureRequests] : [],
    })
    .catch((error: unknown) => {
      throw unwell(setting, error);
    });
  discovered.set(`${issuer} ${clientId}`, found);
  return found;
}

/** What a provider calls itself in what it signs, and where its keys are. Throws {@link CredentialTrouble} as above. */
export async function signerOf(setting: OidcConfig): Promise<{ readonly issuer: string; readonly keys: URL }> {
  const { issuer, jwks_uri } = (await configurationOf(setting)).serverMetadata();
  if (jwks_uri === undefined) throw unwell(setting, new Error("it does not say where its keys are"));
  return { issuer, keys: new URL(jwks_uri) };
}

/**
 * New tokens for a refresh token. It may be used up by this call, whatever becomes of the answer: never call it with a token that
 * was not just read under the lease. Throws {@link CredentialTrouble}: “sign-in needed” when the provider says that the token is
 * no good (`invalid_grant`), “provider unwell” for everything else.
 */
export async function refreshTokens(setting: OidcConfig, refreshToken: string, clock: () => Millis): Promise<Tokens> {
  const configuration = await configurationOf(setting);
  try {
    const answer = await client.refreshTokenGrant(configuration, refreshToken);
    return tokensOf(
      {
        accessToken: answer.access_token,
        // A provider that does not rotate says nothing: the old one stays good.
        refreshToken: answer.refresh_token ?? refreshToken,
        expiresInSeconds: answer.expires_in,
      },
      clock(),
    );
  } catch (error) {
    if (error instanceof client.ResponseBodyError && error.error === "invalid_grant") {
      const why = `${setting.title} does not know your sign-in any more: sign in again.`;
      throw new CredentialTrouble("sign-in needed", why);
    }
    throw unwell(setting, error);
  }
}

/** Tells the provider that a refresh token is not needed any more. Throws {@link CredentialTrouble} when it cannot be told. */
export async function revokeToken(setting: OidcConfig, token: string): Promise<void> {
  const configuration = await configurationOf(setting);
  if (configuration.serverMetadata().revocation_endpoint === undefined) return;
  await client.tokenRevocation(configuration, token, { token_type_hint: "refresh_token" }).catch((error: unknown) => {
    throw unwell(setting, error);
  });
}

const AFTER_TROUBLE_MS = 5_000;

/** The cause is kept out of it: it holds the request, and with that the token. */
function unwell({ title }: OidcConfig, error: unknown): CredentialTrouble {
  const message = `The sign-in service ${title} does not answer as it should (${inShort(error)}).`;
  return new CredentialTrouble("provider unwell", message, { afterMs: AFTER_TROUBLE_MS });
}

function inShort(error: unknown): string {
  if (error instanceof client.ResponseBodyError) return error.error;
  if (isTimeOut(error)) return "no answer in time";
  return errorCode(error) ?? (error instanceof Error ? error.name : "no answer");
}
