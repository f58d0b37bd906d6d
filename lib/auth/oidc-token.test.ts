import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRemoteJWKSet, decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type Oidc, startOidc } from "#e2e/oidc/start-oidc.ts";
import { oidcForTests } from "#e2e/oidc/trial.ts";
import { configure, providerOf } from "#lib/testing/delegation.ts";
import { readOidcToken, scopesOfClaim } from "./oidc-token.ts";

const API = "https://meridian.example.org/api";
const MINUTE = 60_000;

const oidc = oidcForTests({ accessSeconds: 600 });
const foreign = oidcForTests();
const trust = (one: Oidc, apiAudience: string[] | null = ["urn:other", API]) =>
  configure({ providers: [{ ...providerOf(one), ...(apiAudience && { apiAudience }) }] });
beforeAll(() => trust(oidc()));

const tokenFor = async (one: Oidc, resource: string | null = API, scope?: string): Promise<string> =>
  (await one.signIn("alice", { resource, ...(scope !== undefined && { scope }) })).accessToken;

const bad = { ok: false, error: "bad-token" };

test("a signed access token for our API is its subject's, and may read and book", async () => {
  const token = await tokenFor(oidc());
  const read = await readOidcToken(token, Date.now());
  expect(read).toMatchObject({ ok: true, provider: { name: "sky" }, subject: decodeJwt(token).sub });
  expect(read.ok && read.scopes).toEqual(new Set(["read", "book"]));
});

test("an issuer with a slash at its end is the one that the configuration names without", async () => {
  const one = await startOidc({ trailingSlash: true });
  try {
    configure({ providers: [{ ...providerOf(one), issuer: one.url, apiAudience: [API] }] });
    expect(await readOidcToken(await tokenFor(one), Date.now())).toMatchObject({ ok: true });
  } finally {
    trust(oidc());
    await one.stop();
  }
});

test("where it names scopes of ours it may do those and no more", async () => {
  const token = await tokenFor(oidc(), API, "openid meridian:read meridian:admin");
  const read = await readOidcToken(token, Date.now());
  expect(read.ok && read.scopes).toEqual(new Set(["read"]));
});

test("it is good a minute beyond its end, as clocks differ, and not longer", async () => {
  const token = await tokenFor(oidc());
  const end = (decodeJwt(token).exp ?? 0) * 1000;
  expect(await readOidcToken(token, end + MINUTE - 1000)).toMatchObject({ ok: true });
  expect(await readOidcToken(token, end + MINUTE)).toMatchObject({ ok: false, error: "expired" });
});

test("one for another service does not open ours, and is told so", async () => {
  const token = await tokenFor(oidc(), "https://storage.example.org/");
  expect(await readOidcToken(token, Date.now())).toMatchObject({
    ...bad,
    sentence: "This token was made for another service.",
  });
});

test("without an audience in the configuration no token of the provider is taken", async () => {
  const token = await tokenFor(oidc());
  trust(oidc(), null);
  expect(await readOidcToken(token, Date.now())).toMatchObject(bad);
  trust(oidc());
});

test("an ID token is no access token", async () => {
  const { idToken } = await oidc().signIn("alice", { resource: API });
  expect(await readOidcToken(idToken, Date.now())).toMatchObject(bad);
});

test("a provider that is not configured makes no tokens for us", async () => {
  expect(await readOidcToken(await tokenFor(foreign()), Date.now())).toMatchObject(bad);
});

test.each(["", "mrx", "a.b", "a.b.c", "a.b.c.d.e", "e30.e30.e30", "..", "x".repeat(10_000)])(
  "%j is no token",
  async (text) => {
    expect(await readOidcToken(text, Date.now())).toMatchObject(bad);
  },
);

test("an opaque token says nothing of itself", async () => {
  expect(await readOidcToken(await tokenFor(oidc(), null), Date.now())).toMatchObject(bad);
});

/** A true token's claims, so that only what a test changes is wrong. */
const claims = async (more: object = {}) => ({ ...decodeJwt(await tokenFor(oidc())), ...more });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A provider whose key the test has: it signs whatever the test likes, for our API. */
async function ownSigner() {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), alg: "RS256", use: "sig", kid: "own" }];
  const server = createServer(({ url: path = "" }, response) => {
    const metadata = { issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` };
    const answer = path.endsWith("/jwks") ? { keys } : { ...metadata, jwks_uri: `${url}/jwks` };
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    trust(oidc());
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  configure({ providers: [{ ...providerOf(oidc()), issuer: url, apiAudience: [API] }] });
  return (header: object, more: object = {}) =>
    new SignJWT({ iss: url, sub: "alice", aud: API, exp: Math.floor(Date.now() / 1000) + 600, ...more })
      .setProtectedHeader({ alg: "RS256", kid: "own", ...header })
      .sign(privateKey);
}

test("a token for our API is an access token whatever of its names it has, or without one", async () => {
  const sign = await ownSigner();
  for (const header of [{}, { typ: "JWT" }, { typ: "at+jwt" }, { typ: "AT+JWT" }, { typ: "application/at+jwt" }])
    expect(await readOidcToken(await sign(header), Date.now()), JSON.stringify(header)).toMatchObject({ ok: true });
});

test("what is signed for our API and calls itself something else is no access token, nor is what has a nonce", async () => {
  const sign = await ownSigner();
  const none = { ...bad, sentence: "This is no access token." };
  for (const typ of ["id_token+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "", "at+jwt2", 1])
    expect(await readOidcToken(await sign({ typ }), Date.now()), String(typ)).toMatchObject(none);
  for (const nonce of ["n-0S6_WzA2Mj", ""])
    expect(await readOidcToken(await sign({ typ: "JWT" }, { nonce }), Date.now())).toMatchObject(none);
});

test("a signature that belongs to something else, or to another key of that name, is none", async () => {
  const [mine, yours] = [await tokenFor(oidc()), await tokenFor(oidc(), "urn:other", "openid meridian:read")];
  const [header, , signature] = mine.split(".");
  expect(await readOidcToken([header, yours.split(".")[1], signature].join("."), Date.now())).toMatchObject(bad);

  const { kid } = JSON.parse(Buffer.from(header ?? "", "base64url").toString());
  const { privateKey } = await generateKeyPair("RS256");
  const forged = await new SignJWT(await claims()).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
  expect(await readOidcToken(forged, Date.now())).toMatchObject(bad);
});

test("a token without a signature, or signed with what everybody may read, is none", async () => {
  const body = part(await claims());
  expect(await readOidcToken(`${part({ alg: "none" })}.${body}.`, Date.now())).toMatchObject(bad);
  const jwks = createRemoteJWKSet(new URL(`${oidc().url}/jwks`));
  const publicKey = JSON.stringify(await exportJWK(await jwks({ alg: "RS256" })));
  const start = `${part({ alg: "HS256" })}.${body}`;
  const signature = createHmac("sha256", publicKey).update(start).digest("base64url");
  expect(await readOidcToken(`${start}.${signature}`, Date.now())).toMatchObject(bad);
});

test("a key that the provider has never published signs nothing, and the provider is not asked each time", async () => {
  await readOidcToken(await tokenFor(oidc()), Date.now());
  const { privateKey } = await generateKeyPair("RS256");
  const header = () => ({ alg: "RS256", kid: randomUUID() });
  const given = await claims();
  const before = oidc().requests().length;
  for (let time = 0; time < 5; time++)
    expect(
      await readOidcToken(await new SignJWT(given).setProtectedHeader(header()).sign(privateKey), Date.now()),
    ).toMatchObject(bad);
  expect(oidc().requests().length - before).toBeLessThanOrEqual(1);
});

test("new keys are read once a token names one, half a minute after the last time at the earliest", async () => {
  const before = await startOidc();
  trust(before);
  expect(await readOidcToken(await tokenFor(before), Date.now())).toMatchObject({ ok: true });
  await before.stop();
  const after = await startOidc({ port: before.port });
  try {
    const token = await tokenFor(after);
    const now = Date.now();
    expect(await readOidcToken(token, now)).toMatchObject(bad);
    vi.useFakeTimers({ toFake: ["Date"], now: now + MINUTE / 2 + 1000 });
    expect(await readOidcToken(token, now)).toMatchObject({ ok: true });
  } finally {
    vi.useRealTimers();
    trust(oidc());
    await after.stop();
  }
});

test.each([".well-known/openid-configuration", "jwks"])(
  "a provider that is down at %s is trouble and no bad token; when it is back, so are its tokens",
  async (path) => {
    const one = await startOidc();
    try {
      trust(one);
      const token = await tokenFor(one);
      const now = Date.now();
      one.outage({ kind: "503", path });
      expect(await readOidcToken(token, now)).toMatchObject({ ok: false, error: "unwell" });
      one.outage({ kind: "reset", path });
      expect(await readOidcToken(token, now + 6000)).toMatchObject({ ok: false, error: "unwell" });
      one.outage(null);
      expect(await readOidcToken(token, now + 12_000)).toMatchObject({ ok: true });
    } finally {
      trust(oidc());
      await one.stop();
    }
  },
);

test("one that has just not answered is not asked again at once", async () => {
  const one = await startOidc();
  try {
    trust(one);
    const token = await tokenFor(one);
    one.outage({ kind: "503" });
    const before = one.requests().length;
    const now = Date.now();
    await Promise.all(Array.from({ length: 10 }, (_, time) => readOidcToken(token, now + time)));
    expect(one.requests().length - before).toBe(1);
  } finally {
    trust(oidc());
    await one.stop();
  }
});

test.each([
  [undefined, ["read", "book"]],
  [["meridian:read"], ["read", "book"]],
  ["openid profile", ["read", "book"]],
  ["openid meridian:read", ["read"]],
  ["meridian:book meridian:read", ["read", "book"]],
  ["meridian:admin", []],
  ["meridian:reader", []],
])("the scope %j allows %j", (claim, allowed) => {
  expect([...scopesOfClaim(claim)]).toEqual(allowed);
});
