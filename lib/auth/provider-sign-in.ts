import type { Account, NextAuthOptions, Profile } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";
import { readConfig, secretOf } from "#lib/config.ts";
import { type OidcConfig, tokensOf, wellKnownOf } from "#lib/credentials/oidc.ts";
import type { Secret } from "#lib/credentials/secret.ts";

/** Somebody whom a provider of sign-ins has just sent back to us, and what they delegated. */
export interface Arrival {
  readonly secret: Secret;
  readonly freshUntil: Millis | null;
  readonly expiresAt: Millis | null;
  readonly identity: {
    readonly provider: string;
    readonly subject: string;
    readonly name: string;
    readonly displayName: string;
  };
}

/** What comes of an arrival: who they are here, or the word that the page tells them the reason by. */
export type Welcome = (arrival: Arrival, now: Millis) => Promise<{ userId: string } | { refused: string }>;

const claims = z.looseObject({
  sub: z.string().min(1),
  preferred_username: z.string().min(1).optional(),
  name: z.string().optional(),
  email: z.string().optional(),
});
type Claims = z.output<typeof claims>;

/** The providers of OpenID Connect that are configured, for next-auth: code flow with PKCE, state and nonce. */
export const oidcProviders = (): OAuthConfig<Claims>[] =>
  readConfig().providers.flatMap((one) => (one.kind === "oidc" ? [toProvider(one)] : []));

function toProvider(setting: OidcConfig): OAuthConfig<Claims> {
  const { name, title, issuer, clientId, clientSecret, clientAuthentication, scope } = setting;
  const secret = secretOf(clientSecret);
  return {
    id: name,
    name: title,
    type: "oauth",
    wellKnown: wellKnownOf(issuer).href,
    authorization: { params: { scope } },
    checks: ["pkce", "state", "nonce"],
    idToken: true,
    clientId,
    ...(secret !== null && { clientSecret: secret }),
    client: { token_endpoint_auth_method: secret === null ? "none" : clientAuthentication },
    httpOptions: { timeout: 10_000 },
    // Providers differ in what of it they put into the ID token.
    userinfo: {
      async request({ tokens, client }) {
        const [known, said] = [claimsOf(tokens), await client.userinfo(tokens.access_token ?? "")];
        if (known.sub !== said.sub)
          throw new Error("the ID token and the user's own data speak of two different people");
        return { ...known, ...said };
      },
    },
    profile: (profile) => {
      const { sub, preferred_username, name: called } = claims.parse(profile);
      return { id: sub, name: called ?? preferred_username ?? sub };
    },
  };
}

/** The claims of the ID token, whose signature, issuer, audience and nonce were checked when it came. */
const claimsOf = (tokens: object): Record<string, unknown> =>
  "claims" in tokens && typeof tokens.claims === "function" ? tokens.claims() : {};

/**
 * Lets somebody in whom a provider has sent back: `user.id` becomes theirs here. Returns true, or the address of the page that
 * says why not.
 */
export async function letIn(
  { user, account, profile }: { user: { id: string }; account: Account | null; profile?: Profile },
  welcome: Welcome,
  now: Millis,
): Promise<true | string> {
  if (account?.type !== "oauth" || !account.access_token) return true;
  const said = claims.parse(profile);
  const name = said.preferred_username ?? said.email ?? said.sub;
  const expiresInSeconds = account.expires_at === undefined ? undefined : account.expires_at - now / 1000;
  const tokens = tokensOf(
    { accessToken: account.access_token, refreshToken: account.refresh_token ?? null, expiresInSeconds },
    now,
  );
  const identity = { provider: account.provider, subject: said.sub, name, displayName: said.name ?? name };
  const known = await welcome({ ...tokens, identity }, now);
  if ("refused" in known) return `/signin?refused=${known.refused}`;
  user.id = known.userId;
  return true;
}

/** next-auth would log whole requests, with what is secret in them: only what went wrong is told. */
export const quietLogger: NextAuthOptions["logger"] = {
  error(code, metadata) {
    const error = metadata instanceof Error ? metadata : (metadata as { error?: unknown }).error;
    console.error(`sign-in: ${code}${error instanceof Error ? `: ${error.message}` : ""}`);
  },
  warn: () => undefined,
  debug: () => undefined,
};
