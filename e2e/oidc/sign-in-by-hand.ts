import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { codeByHand } from "./code-by-hand.ts";
import type { Client } from "./provider-state.ts";

export interface Tokens {
  readonly accessToken: string;
  /** Empty without `offline_access`. */
  readonly refreshToken: string;
  readonly idToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

const discovery = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });
const answer = z.object({
  access_token: z.string(),
  refresh_token: z.string().default(""),
  id_token: z.string(),
  expires_in: z.number(),
});

/** What a browser and a client do together: code flow with PKCE over HTTP, for a token of `resource` where one is named. Throws what the provider said instead. */
export async function signInByHand(
  url: string,
  client: Client,
  user: string,
  scope: string,
  resource: string | null,
): Promise<Tokens> {
  const endpoints = discovery.parse(await (await fetch(`${url}/.well-known/openid-configuration`)).json());
  const verifier = randomBytes(32).toString("base64url");
  const redirectUri = client.redirectUris[0] ?? "";
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirectUri,
    scope,
    state: randomBytes(12).toString("base64url"),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...(resource !== null && { resource }),
  });
  const code = await codeByHand(`${endpoints.authorization_endpoint}?${query}`, redirectUri, user);
  const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
  const response = await fetch(endpoints.token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      ...form,
      client_id: client.id,
      ...(client.secret === null ? {} : { client_secret: client.secret }),
      ...(resource !== null && { resource }),
    }),
  });
  if (!response.ok) throw new Error(`${user} got no tokens: ${response.status} ${await response.text()}`);
  const tokens = answer.parse(await response.json());
  const { access_token: accessToken, refresh_token: refreshToken, id_token: idToken, expires_in: expiresIn } = tokens;
  return { accessToken, refreshToken, idToken, expiresIn };
}
