import type { Account, NextAuthOptions, TokenSet } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";
import { readConfig, secretOf } from "#lib/config.ts";
import { type OidcConfig, type Tokens, tokensOf, wellKnownOf } from "#lib/credentials/oidc.ts";
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
  const { name, title, issuer, clientId, clientSecret, clientAuthentication, scope, prompt } = setting;
  const secret = secretOf(clientSecret);
  return {
    id: name,
    name: title,
    type: "oauth",
    wellKnown: wellKnownOf(issuer).href,
    authorization: { params: { scope, ...(prompt && { prompt }) } },
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
    // What a provider answers is merged into next-auth's account, whatever it calls itself: whose it is is known only here.
    profile: (profile, tokens) => {
      const { sub, preferred_username, name: called, email } = claims.parse(profile);
      const name = preferred_username ?? email ?? sub;
      const identity = { provider: setting.name, subject: sub, name, displayName: called ?? name };
      const arrived: Arrived = { id: sub, [arrivalKey]: { ...delegatedBy(tokens), identity } };
      return arrived;
    },
  };
}

/** Under this key of next-auth's user stands what came with it; nothing that travels can have it. */
const arrivalKey = Symbol("arrival");
type Arrived = { id: string; readonly [arrivalKey]?: Arrival };

function delegatedBy(tokens: TokenSet, now: Millis = Date.now()): Tokens {
  const { access_token, refresh_token, expires_at } = tokens;
  if (!access_token) throw new Error("the provider gave no access token");
  const expiresInSeconds = typeof expires_at === "number" ? expires_at - now / 1000 : undefined;
  return tokensOf({ accessToken: access_token, refreshToken: refresh_token ?? null, expiresInSeconds }, now);
}

/** The claims of the ID token, whose signature, issuer, audience and nonce were checked when it came. */
const claimsOf = (tokens: object): Record<string, unknown> =>
  "claims" in tokens && typeof tokens.claims === "function" ? tokens.claims() : {};

/**
 * Lets somebody in whom a provider has sent back: `user.id` becomes theirs here. Returns true, or the address of the page that
 * says why not. Whoever comes with a name and a password was let in by that already.
 */
export async function letIn(
  { user, account }: { user: { id: string }; account: Pick<Account, "type"> | null },
  welcome: Welcome,
  now: Millis,
): Promise<boolean | string> {
  const arrival = (user as Arrived)[arrivalKey];
  if (!arrival) return account?.type === "credentials";
  const known = await welcome(arrival, now);
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
