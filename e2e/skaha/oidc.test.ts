import { createHash, randomBytes } from "node:crypto";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { as, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();
const RETURN = "http://127.0.0.1:3000/api/auth/callback/oidc";
const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");
const at = (path: string) => `${skaha().url}/oidc/${path}`;
const client = { client_id: "meridian", client_secret: "meridian-secret" };

const asked = (more: Record<string, string> = {}) => ({
  response_type: "code",
  client_id: "meridian",
  redirect_uri: RETURN,
  scope: "openid profile email offline_access",
  state: "the-state",
  nonce: "the-nonce",
  code_challenge: challenge,
  code_challenge_method: "S256",
  prompt: "none",
  login_hint: "alice",
  ...more,
});

/** Where the provider sends the browser, and with what. */
async function authorize(more: Record<string, string> = {}): Promise<URLSearchParams> {
  const response = await fetch(at(`authorize?${new URLSearchParams(asked(more))}`), { redirect: "manual" });
  const to = new URL(response.headers.get("location") ?? "about:blank");
  expect(`${to.origin}${to.pathname}`).toBe(RETURN);
  return to.searchParams;
}

const post = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await fetch(at(path), { method: "POST", body: new URLSearchParams(form), headers });
  return { status: response.status, body: JSON.parse(await response.text()) };
};
const redeem = (code: string, more: Record<string, string> = {}) =>
  post("token", {
    ...client,
    grant_type: "authorization_code",
    code,
    redirect_uri: RETURN,
    code_verifier: verifier,
    ...more,
  });
const refresh = (token: string) => post("token", { ...client, grant_type: "refresh_token", refresh_token: token });
const signIn = async (more: Record<string, string> = {}) =>
  (await redeem((await authorize(more)).get("code") ?? "")).body;
const mayUseSkaha = async (token: string) => (await as(skaha(), "alice", token).get("/v1/session")).status === 200;

// Row 27
test("somebody signs in, and the tokens say who and are good for the platform", async () => {
  const back = await authorize();
  expect(back.get("state")).toBe("the-state");
  const { status, body } = await redeem(back.get("code") ?? "");
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "Bearer", expires_in: 60, refresh_token: expect.any(String) });
  const discovery = await (await fetch(at(".well-known/openid-configuration"))).json();
  const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
  const { payload } = await jwtVerify(body.id_token, keys, { issuer: discovery.issuer, audience: "meridian" });
  expect(payload).toMatchObject({ nonce: "the-nonce", preferred_username: "alice", email: "alice@example.org" });
  const headers = { authorization: `Bearer ${body.access_token}` };
  const userinfo = await (await fetch(discovery.userinfo_endpoint, { headers })).json();
  expect(userinfo).toMatchObject({ sub: payload.sub, preferred_username: "alice" });
  expect(await mayUseSkaha(body.access_token)).toBe(true);
});

// Row 27
test("an access token is short: a minute later the platform says that it has expired", async () => {
  const { access_token } = await signIn();
  skaha().clock({ forwardMs: 60_000 });
  const said = await as(skaha(), "alice", access_token).get("/v1/session");
  expect([said.status, said.text]).toEqual([401, "Token has expired"]);
});

// Row 27
test("refresh tokens rotate; a used one is refused and takes all its successors with it", async () => {
  const first = await signIn();
  const second = (await refresh(first.refresh_token)).body;
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(await mayUseSkaha(second.access_token)).toBe(true);
  expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  expect(await refresh(second.refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  expect(await mayUseSkaha(second.access_token)).toBe(false);
});

// Row 27
test("of two refreshes at once exactly one succeeds", async () => {
  const { refresh_token } = await signIn();
  const both = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
});

// Row 27
test("without offline_access there is no refresh token", async () => {
  expect(await signIn({ scope: "openid" })).not.toHaveProperty("refresh_token");
});

// Row 27
test.each([
  ["no PKCE", { code_challenge: "" }, "invalid_request"],
  ["PKCE in plain text", { code_challenge_method: "plain" }, "invalid_request"],
  ["an unknown user", { login_hint: "nobody" }, "login_required"],
  ["no scope openid", { scope: "profile" }, "invalid_scope"],
  ["another flow", { response_type: "token" }, "unsupported_response_type"],
])("a request to sign in with %s is refused to the client", async (_, more, error) => {
  const back = await authorize(more);
  expect([back.get("error"), back.get("state"), back.get("code")]).toEqual([error, "the-state", null]);
});

// Row 27
test.each([
  ["an unknown client", { client_id: "other" }],
  ["a foreign address", { redirect_uri: "https://example.org/" }],
])("%s is not sent anywhere", async (_, more) => {
  const address = at(`authorize?${new URLSearchParams(asked(more))}`);
  const response = await fetch(address, { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([400, null]);
});

// Row 27
test("a code is good once, for ten minutes, for its verifier, its address and its client", async () => {
  const code = async () => (await authorize()).get("code") ?? "";
  const refused = { status: 400, body: { error: "invalid_grant" } };
  const used = await code();
  expect((await redeem(used)).status).toBe(200);
  expect(await redeem(used)).toMatchObject(refused);
  expect(await redeem(await code(), { code_verifier: "wrong" })).toMatchObject(refused);
  expect(await redeem(await code(), { redirect_uri: `${RETURN}/x` })).toMatchObject(refused);
  const old = await code();
  skaha().clock({ forwardMs: 600_000 });
  expect(await redeem(old)).toMatchObject(refused);
  const wrongSecret = await redeem(await code(), { client_secret: "wrong" });
  expect(wrongSecret).toMatchObject({ status: 401, body: { error: "invalid_client" } });
});

// Row 27
test("the client may say who it is by basic authentication", async () => {
  const form = {
    grant_type: "authorization_code",
    code: (await authorize()).get("code") ?? "",
    redirect_uri: RETURN,
    code_verifier: verifier,
  };
  const basic = Buffer.from("meridian:meridian-secret").toString("base64");
  expect((await post("token", form, { authorization: `Basic ${basic}` })).status).toBe(200);
});

// Row 27
test("a person chooses who to be on a page, or refuses", async () => {
  const { prompt: _, ...query } = asked({ login_hint: "bob" });
  const shown = await (await fetch(at(`authorize?${new URLSearchParams(query)}`))).text();
  expect(shown).toContain("<option selected>bob</option>");
  const fields = Object.fromEntries(
    [...shown.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
    ]),
  );
  const answer = async (more: Record<string, string>) => {
    const body = new URLSearchParams({ ...fields, ...more });
    const response = await fetch(at("authorize"), { method: "POST", body, redirect: "manual" });
    return new URL(response.headers.get("location") ?? "about:blank").searchParams;
  };
  expect((await answer({ user: "bob", decision: "deny" })).get("error")).toBe("access_denied");
  const { body } = await redeem((await answer({ user: "bob", decision: "allow" })).get("code") ?? "");
  const said = await as(skaha(), "bob", body.access_token).get("/v1/session");
  expect(said.headers.get("x-vo-authenticated")).toBe("bob");
});

// Row 27
test("revoking a refresh token ends it and the access tokens that came from it", async () => {
  const { access_token, refresh_token } = await signIn();
  expect((await post("revoke", { ...client, token: refresh_token })).status).toBe(200);
  expect((await refresh(refresh_token)).body.error).toBe("invalid_grant");
  expect(await mayUseSkaha(access_token)).toBe(false);
  expect((await post("revoke", { ...client, token: "never seen" })).status).toBe(200);
});

// Row 27
test("the provider alone can be out of order, wholly or at one endpoint", async () => {
  const { refresh_token } = await signIn();
  skaha().oidc({ outage: { kind: "503", path: "token", times: 1 } });
  const down = await fetch(at("token"), { method: "POST", body: new URLSearchParams(client) });
  expect(down.status).toBe(503);
  expect(await mayUseSkaha("alice-token")).toBe(true);
  expect((await refresh(refresh_token)).status).toBe(200);
  skaha().oidc({ outage: { kind: "500" } });
  expect((await fetch(at("jwks"))).status).toBe(500);
  skaha().oidc({ outage: null, trailingSlash: true });
  const discovery = await (await fetch(at(".well-known/openid-configuration"))).json();
  expect(discovery.issuer).toBe(`${skaha().url}/oidc/`);
});

// Row 27
test("an answer to a refresh may be lost after the token was used up", async () => {
  const { refresh_token } = await signIn();
  skaha().oidc({ outage: { kind: "reset-after", path: "token", times: 1 } });
  await expect(refresh(refresh_token)).rejects.toThrow();
  expect((await refresh(refresh_token)).body.error).toBe("invalid_grant");
});

test("a program without a browser signs in with a code that somebody enters elsewhere", async () => {
  const { body: device } = await post("devicecode", { client_id: "command-line", scope: "openid offline_access" });
  const ask = () =>
    post("token", {
      client_id: "command-line",
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: device.device_code,
    });
  expect((await ask()).body.error).toBe("authorization_pending");
  expect(await (await fetch(device.verification_uri_complete)).text()).toContain("<option>alice</option>");
  const body = new URLSearchParams({ user_code: device.user_code, user: "alice", decision: "allow" });
  expect((await fetch(device.verification_uri, { method: "POST", body })).status).toBe(200);
  const { access_token } = (await ask()).body;
  expect(await mayUseSkaha(access_token)).toBe(true);
  expect((await ask()).body.error).toBe("invalid_grant");
});
