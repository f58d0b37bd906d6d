import { createHash } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { OrderedOutage } from "./outage.ts";
import type { World } from "./world.ts";

export interface Client {
  readonly id: string;
  /** Null for a public client. */
  readonly secret: string | null;
  /** Null: any address of this machine. */
  readonly redirectUris: readonly string[] | null;
}

/** What a user has allowed a client. */
export interface Grant {
  readonly client: string;
  readonly user: string;
  readonly scope: string;
}

export interface Code extends Grant {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly expiresAt: number;
}

/** All tokens that descend from one sign-in; they are revoked together. */
export interface Family extends Grant {
  readonly accessTokens: string[];
  isRevoked: boolean;
}

export interface RefreshToken {
  readonly family: Family;
  readonly expiresAt: number;
  isUsed: boolean;
}

export interface Device {
  readonly client: string;
  readonly scope: string;
  readonly userCode: string;
  readonly expiresAt: number;
  decision: { readonly user: string } | "denied" | null;
}

export interface OidcSettings {
  accessSeconds: number;
  idSeconds: number;
  refreshSeconds: number;
  codeSeconds: number;
  deviceSeconds: number;
  /** Whether the issuer ends with a slash, as SKA IAM's does. */
  trailingSlash: boolean;
  outage: OrderedOutage | null;
}

export interface OidcState {
  settings: OidcSettings;
  readonly clients: Map<string, Client>;
  readonly codes: Map<string, Code>;
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly devices: Map<string, Device>;
  readonly key: { readonly private: CryptoKey; readonly public: JWK };
}

export const defaultOidcSettings = (): OidcSettings => ({
  accessSeconds: 60,
  idSeconds: 600,
  refreshSeconds: 2_592_000,
  codeSeconds: 600,
  deviceSeconds: 600,
  trailingSlash: false,
  outage: null,
});

export const defaultClients = (): Client[] => [
  { id: "meridian", secret: "meridian-secret", redirectUris: null },
  { id: "command-line", secret: null, redirectUris: null },
];

export async function createOidcState(): Promise<OidcState> {
  const pair = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(pair.publicKey);
  const kid = createHash("sha256").update(JSON.stringify(jwk)).digest("base64url").slice(0, 16);
  return {
    settings: defaultOidcSettings(),
    clients: new Map(defaultClients().map((one) => [one.id, one])),
    codes: new Map(),
    refreshTokens: new Map(),
    devices: new Map(),
    key: { private: pair.privateKey, public: { ...jwk, kid, alg: "RS256", use: "sig" } },
  };
}

export const issuerOf = (world: World) => `${world.url()}/oidc${world.oidc.settings.trailingSlash ? "/" : ""}`;

/** Never changes for a user and says nothing of the name. */
export const subjectOf = (user: string) => createHash("sha256").update(`subject ${user}`).digest("hex").slice(0, 32);

export const claimsOf = (world: World, user: string) => ({
  sub: subjectOf(user),
  preferred_username: user,
  name: `${user.slice(0, 1).toUpperCase()}${user.slice(1)}`,
  email: world.users.get(user)?.email,
  email_verified: true,
});

/** A signed token; its times are those of the platform's clock. */
export async function sign(world: World, claims: Record<string, unknown>, seconds: number): Promise<string> {
  const issuedAt = Math.floor(world.clock.shown() / 1_000);
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: world.oidc.key.public.kid ?? "" })
    .setIssuer(issuerOf(world))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(world.oidc.key.private);
}
