import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Oidc } from "#e2e/oidc/start-oidc.ts";
import type { Config, ProviderConfig } from "#lib/config.ts";
import { tokensOf } from "#lib/credentials/oidc.ts";

/** The vault's key of this test process. */
export function testVault(): void {
  process.env.MERIDIAN_VAULT_KEY = randomBytes(32).toString("base64");
}

/** A real provider of OpenID Connect, as a configuration names it. */
export const providerOf = (oidc: Oidc, name = "sky"): Extract<ProviderConfig, { kind: "oidc" }> => {
  process.env.TEST_CLIENT_SECRET = "meridian-secret";
  return {
    kind: "oidc",
    name,
    title: "Sky IAM",
    issuer: oidc.issuer,
    clientId: "meridian",
    clientSecret: { variable: "TEST_CLIENT_SECRET" },
    clientAuthentication: "client_secret_basic",
    scope: "openid profile email offline_access",
  };
};

/** CADC's accounts at an address, as a configuration names them; certificates are made for a week. */
export const cadcAt = (url: string): Extract<ProviderConfig, { kind: "cadc" }> => ({
  kind: "cadc",
  name: "cadc",
  title: "CADC",
  login: `${url}/ac/login`,
  whoami: `${url}/ac/whoami`,
  certificate: `${url}/cred/generate`,
  certificateDays: 7,
});

/** Makes `config` what this process finds in its environment. */
export function configure(config: Partial<Config>): void {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "meridian-config-")), "config.json");
  writeFileSync(file, JSON.stringify({ providers: [], platforms: [], ...config }));
  process.env.MERIDIAN_CONFIG = file;
}

/** What a real sign-in of `user` gives, as Meridian keeps it. */
export async function signedIn(oidc: Oidc, user: string, now: number) {
  const { accessToken, refreshToken, expiresIn } = await oidc.signIn(user);
  return tokensOf({ accessToken, refreshToken: refreshToken || null, expiresInSeconds: expiresIn }, now);
}
