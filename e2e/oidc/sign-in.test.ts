import { createHash } from "node:crypto";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect, test, vi } from "vitest";
import { codeByHand } from "./code-by-hand.ts";
import { startOidc } from "./start-oidc.ts";
import { oidcForTests, post, whoIs } from "./trial.ts";

const oidc = oidcForTests();
const RETURN = "http://127.0.0.1:3000/api/auth/callback/oidc";
const verifier = "v".repeat(43);

const asked = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    response_type: "code",
    client_id: "meridian",
    redirect_uri: RETURN,
    scope: "openid profile email offline_access",
    state: "the-state",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...more,
  });
const visit = (at: string, cookie = "", form?: Record<string, string>) =>
  fetch(new URL(at, oidc().url), {
    redirect: "manual",
    headers: { cookie },
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
  });
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
const goesTo = (response: Response) => response.headers.get("location") ?? "";

/** The sign-in page that a request ends at. */
async function signInPage() {
  const response = await visit(`/authorize?${asked()}`);
  return { at: goesTo(response), cookies: cookiesOf(response) };
}

/** A code for a client that is at a port of its own. */
const codeFor = (user: string) => codeByHand(`${oidc().url}/authorize?${asked()}`, RETURN, user);
const redeem = (code: string, more: Record<string, string> = {}, authorization?: null) =>
  post(
    oidc(),
    "token",
    { grant_type: "authorization_code", code, redirect_uri: RETURN, code_verifier: verifier, ...more },
    authorization,
  );

test.each([
  ["without a slash", false],
  ["with a slash", true],
])("an issuer %s says so of itself, in its tokens too", async (_, trailingSlash) => {
  const one = await startOidc({ trailingSlash });
  try {
    const discovery = await (await fetch(`${one.url}/.well-known/openid-configuration`)).json();
    expect(one.issuer).toBe(trailingSlash ? `${one.url}/` : one.url);
    expect(discovery).toMatchObject({
      issuer: one.issuer,
      authorization_endpoint: `${one.url}/authorize`,
      token_endpoint: `${one.url}/token`,
      userinfo_endpoint: `${one.url}/userinfo`,
      revocation_endpoint: `${one.url}/revoke`,
      code_challenge_methods_supported: ["S256"],
    });
    const { idToken } = await one.signIn("alice");
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
    const { payload } = await jwtVerify(idToken, keys, { issuer: one.issuer, audience: "meridian" });
    expect(payload).toMatchObject({ preferred_username: "alice", name: "Alice", email: "alice@example.org" });
  } finally {
    await one.stop();
  }
});

test("starting, signing in and being refused write no warning", async () => {
  const said = ["info", "warn", "error"].map((name) => vi.spyOn(console, name as "warn").mockImplementation(() => {}));
  const one = await startOidc();
  const { accessToken, refreshToken } = await one.signIn("alice");
  const fromAPage = { origin: "http://127.0.0.1:3000", authorization: `Bearer ${accessToken}` };
  await fetch(`${one.url}/userinfo`, { headers: fromAPage });
  await post(one, "token", { grant_type: "refresh_token", refresh_token: refreshToken });
  await post(one, "token", { grant_type: "refresh_token", refresh_token: "none" });
  await post(one, "revoke", { token: refreshToken });
  await fetch(`${one.url}/authorize`, { headers: { accept: "text/html" } });
  await one.stop();
  for (const spy of said) {
    expect(spy.mock.calls).toEqual([]);
    spy.mockRestore();
  }
});

test("who comes back is told which request it was", async () => {
  const back = new URL(goesTo(await visit(`/authorize?${asked({ prompt: "none" })}`)));
  expect([back.searchParams.get("error"), back.searchParams.get("state")]).toEqual(["login_required", "the-state"]);
});

test("who signs in is named, and the tokens are short", async () => {
  const { accessToken, refreshToken, expiresIn } = await oidc().signIn("alice");
  expect(expiresIn).toBe(60);
  expect(refreshToken).not.toBe("");
  expect(await whoIs(oidc(), accessToken)).toMatchObject({
    preferred_username: "alice",
    name: "Alice",
    email: "alice@example.org",
  });
  expect(oidc().issued("alice")).toEqual({ signIns: 1, refreshes: 0 });
});

test("a name can be left to userinfo alone, as the standard has it", async () => {
  const one = await startOidc({ claimsInIdToken: false });
  const { idToken, accessToken } = await one.signIn("alice");
  const claims = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8"));
  expect(claims).not.toHaveProperty("preferred_username");
  expect(await whoIs(one, accessToken)).toMatchObject({ preferred_username: "alice", sub: claims.sub });
  await one.stop();
});

test("without offline_access there is no refresh token", async () => {
  expect((await oidc().signIn("alice", { scope: "openid profile" })).refreshToken).toBe("");
});

test.each([
  ["no PKCE", { code_challenge: "", code_challenge_method: "" }],
  ["PKCE in plain text", { code_challenge_method: "plain" }],
])("a request with %s is refused to the client", async (_, more) => {
  const back = new URL(goesTo(await visit(`/authorize?${asked(more)}`)));
  expect(back.href.startsWith(RETURN)).toBe(true);
  expect([back.searchParams.get("error"), back.searchParams.get("code")]).toEqual(["invalid_request", null]);
});

test("a foreign address and an unknown client are not sent anywhere", async () => {
  expect((await visit(`/authorize?${asked({ redirect_uri: "http://127.0.0.1:3000/elsewhere" })}`)).status).toBe(400);
  expect((await visit(`/authorize?${asked({ client_id: "other" })}`)).status).toBe(400);
});

test("a code is good once, and only with its verifier", async () => {
  const wrong = await redeem(await codeFor("alice"), { code_verifier: "w".repeat(43) });
  expect(wrong).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  const code = await codeFor("alice");
  expect((await redeem(code)).status).toBe(200);
  expect(await redeem(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("the client may say who it is in the form as well, and must know its secret", async () => {
  const secret = (client_secret: string) => ({ client_id: "meridian", client_secret });
  expect((await redeem(await codeFor("bob"), secret("meridian-secret"), null)).status).toBe(200);
  const wrong = await redeem(await codeFor("bob"), secret("wrong"), null);
  expect(wrong).toMatchObject({ status: 401, body: { error: "invalid_client" } });
});

test("the page asks for a name, and asks again when there is nobody of that name", async () => {
  const { at, cookies } = await signInPage();
  const shown = await (await visit(at, cookies)).text();
  expect(shown).toContain("<h1>Sign in</h1>");
  expect(shown).toContain('<label for="name">Name</label>');
  expect(shown).toContain("<button>Sign in</button>");
  const again = await (await visit(at, cookies, { name: "<nobody>" })).text();
  expect(again).toContain('<p role="alert">There is no user &#60;nobody&#62;.</p>');
  expect(again).toContain("<button>Sign in</button>");
});

test("a sign-in that nobody began is over", async () => {
  expect((await visit("/sign-in/none")).status).toBe(400);
});

test("users and clients can be added", async () => {
  oidc().user({ name: "carol", email: "carol@example.net", displayName: "Carol C." });
  oidc().client({ id: "other", secret: "other-secret", redirectUris: ["https://other.example.org/back"] });
  const { accessToken } = await oidc().signIn("carol", { client: "other" });
  const named = { preferred_username: "carol", name: "Carol C.", email: "carol@example.net" };
  expect(await whoIs(oidc(), accessToken)).toMatchObject(named);
  oidc().client({ id: "command-line" });
  expect((await oidc().signIn("carol", { client: "command-line" })).refreshToken).not.toBe("");
  await expect(oidc().signIn("nobody")).rejects.toThrow("nobody cannot sign in");
});
