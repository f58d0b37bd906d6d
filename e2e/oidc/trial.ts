import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Oidc, type OidcOptions, startOidc } from "./start-oidc.ts";

/** A provider for the tests of a file, reset before each. */
export function oidcForTests(options: OidcOptions = {}): () => Oidc {
  let oidc: Oidc;
  beforeAll(async () => {
    oidc = await startOidc(options);
  });
  beforeEach(() => oidc.reset());
  afterAll(() => oidc.stop());
  return () => oidc;
}

const basic = `Basic ${Buffer.from("meridian:meridian-secret").toString("base64")}`;

/** What the client `meridian` posts, and what it is answered. */
export async function post(
  oidc: Oidc,
  path: string,
  form: Record<string, string>,
  authorization: string | null = basic,
) {
  const headers: Record<string, string> = authorization === null ? {} : { authorization };
  const init = { method: "POST", headers, body: new URLSearchParams(form) };
  const response = await fetch(`${oidc.url}/${path}`, init);
  const words = await response.text();
  return { status: response.status, body: words === "" ? {} : JSON.parse(words) };
}

export const refresh = (oidc: Oidc, token: string) =>
  post(oidc, "token", { grant_type: "refresh_token", refresh_token: token });
export const revoke = (oidc: Oidc, token: string) => post(oidc, "revoke", { token });

/** Who the token is of, or the status of the refusal. */
export async function whoIs(oidc: Oidc, token: string): Promise<Record<string, unknown> | number> {
  const response = await fetch(`${oidc.url}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  return response.ok ? ((await response.json()) as Record<string, unknown>) : response.status;
}
