import { v7 as uuidv7 } from "uuid";
import { beforeAll, expect, test, vi } from "vitest";
import { oidcForTests } from "#e2e/oidc/trial.ts";
import { makeAccessToken } from "#lib/broker/make-access-token.ts";
import { withdrawAccessToken } from "#lib/broker/withdraw-access-token.ts";
import { database } from "#lib/db/client.ts";
import { knowIdentity } from "#lib/db/identities.ts";
import { configure, providerOf } from "#lib/testing/delegation.ts";
import { NOW } from "#lib/testing/universe.ts";
import { type ApiCaller, callerOf } from "./caller.ts";
import type { Caller } from "./session.ts";
import { newSecret } from "./token-secret.ts";

const DAY = 86_400_000;
const API = "https://meridian.example.org/api";

type Role = "scientist" | "administrator";
async function somebody(role: Role = "scientist") {
  const id = uuidv7();
  const name = `person-${id}`;
  await database().prisma.user.create({ data: { id, name, displayName: "Ada", role } });
  return { id, name, displayName: "Ada", role };
}

async function aToken(user: Awaited<ReturnType<typeof somebody>>, scopes = ["read", "book"] as const, days = 90) {
  const secret = newSecret();
  const given = user.role === "administrator" ? ([...scopes, "admin"] as const) : scopes;
  const made = await makeAccessToken({ user, wanted: { name: "a script", scopes: given, days }, secret, now: NOW });
  if (!made.ok) throw new Error(made.error.sentence);
  return { secret: secret.secret, id: made.value.tokenId };
}

const nobodyIsSignedIn = async () => null;
function call(authorization: string | null, now = NOW, signedIn: () => Promise<Caller | null> = nobodyIsSignedIn) {
  const headers = { cookie, ...(authorization === null ? {} : { authorization }) };
  return callerOf(new Request("http://127.0.0.1/api", { headers }), now, signedIn);
}
/** What a browser that is signed in sends along. */
const cookie = "next-auth.session-token=abc";
const bearer = (token: string, now = NOW) => call(`Bearer ${token}`, now);

async function caller(token: string, now = NOW): Promise<ApiCaller> {
  const known = await bearer(token, now);
  if (!known.ok) throw new Error(known.sentence);
  return known.caller;
}

test("a token says who calls and what they may do", async () => {
  const user = await somebody();
  const { secret, id } = await aToken(user);
  expect(await caller(secret)).toEqual({ person: user, scopes: new Set(["read", "book"]), by: "token", tokenId: id });
  expect(await call(`bearer   ${secret}`)).toMatchObject({ ok: true });
});

test("it takes one statement, which is prepared", async () => {
  const { secret } = await aToken(await somebody());
  await bearer(secret);
  const asked = vi.spyOn(database().pool, "query");
  await bearer(secret);
  expect(asked.mock.calls.map(([query]) => (query as { name?: string }).name)).toEqual(["access token"]);
  asked.mockRestore();
});

test("it works until its end, to the millisecond", async () => {
  const { secret } = await aToken(await somebody(), undefined, 7);
  expect(await bearer(secret, NOW + 7 * DAY - 1)).toMatchObject({ ok: true });
  expect(await bearer(secret, NOW + 7 * DAY)).toMatchObject({ ok: false, error: "expired" });
});

test("one that was withdrawn is refused at once", async () => {
  const user = await somebody();
  const { secret, id } = await aToken(user);
  expect(await bearer(secret)).toMatchObject({ ok: true });
  await withdrawAccessToken({ tokenId: id, user, now: NOW });
  expect(await bearer(secret)).toMatchObject({ ok: false, error: "withdrawn" });
});

test("a former administrator sees no more than their own, and a user who was removed nothing", async () => {
  const { prisma } = database();
  const admin = await somebody("administrator");
  const { secret } = await aToken(admin);
  expect((await caller(secret)).scopes).toEqual(new Set(["read", "book", "admin"]));
  await prisma.user.update({ where: { id: admin.id }, data: { role: "scientist" } });
  expect((await caller(secret)).scopes).toEqual(new Set(["read", "book"]));
  await prisma.user.delete({ where: { id: admin.id } });
  expect(await bearer(secret)).toMatchObject({ ok: false, error: "bad-token" });
});

test("when it was used last is known to the minute", async () => {
  const { secret, id } = await aToken(await somebody());
  const lastUse = async () => {
    const { rows } = await database().pool.query("SELECT last_used_at FROM access_tokens WHERE id = $1", [id]);
    return rows[0].last_used_at?.getTime() - NOW;
  };
  await Promise.all([bearer(secret), bearer(secret), bearer(secret)]);
  await expect.poll(lastUse).toBe(0);
  const asked = vi.spyOn(database().pool, "query");
  await bearer(secret, NOW + 59_999);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
  await bearer(secret, NOW + 60_000);
  await expect.poll(lastUse).toBe(60_000);
});

test.each([
  ["one that was never made", () => newSecret().secret],
  ["half of one", () => newSecret().secret.slice(0, 20)],
  ["something else", () => "hunter2"],
])("%s is no token", async (_, token) => {
  expect(await bearer(token())).toMatchObject({ ok: false, error: "bad-token" });
});

test.each(["Basic YWxpY2U6cGFzc3dvcmQ=", "Bearer", "Bearer ", "Bearer a b", "mrd_", ""])(
  "%j is no way to say who one is, whoever is signed in",
  async (authorization) => {
    const user = (await somebody()) as Caller;
    expect(await call(authorization, NOW, async () => user)).toMatchObject({ ok: false, error: "other-scheme" });
  },
);

test("without a token the browser's sign-in counts, with all that the person may do", async () => {
  expect(await call(null)).toMatchObject({ ok: false, error: "anonymous" });
  for (const [role, scopes] of [
    ["scientist", ["read", "book"]],
    ["administrator", ["read", "book", "admin"]],
  ] as const) {
    const user = (await somebody(role)) as Caller;
    const known = await call(null, NOW, async () => user);
    expect(known).toEqual({
      ok: true,
      caller: { person: user, scopes: new Set(scopes), by: "cookie", tokenId: null },
    });
  }
});

test("a token that is no good is refused, whoever is signed in", async () => {
  const user = (await somebody()) as Caller;
  const known = await call(`Bearer ${newSecret().secret}`, NOW, async () => user);
  expect(known).toMatchObject({ ok: false, error: "bad-token" });
});

test.each([
  ["POST", "cross-site", false],
  ["DELETE", "same-site", false],
  ["POST", "same-origin", true],
  ["POST", null, true],
  ["GET", "cross-site", true],
])("a %s that a %s page makes with somebody's cookie: %s", async (method, site, isKnown) => {
  const user = (await somebody()) as Caller;
  const headers: Record<string, string> = site === null ? { cookie } : { cookie, "sec-fetch-site": site };
  const request = new Request("http://127.0.0.1/api", { method, headers });
  expect((await callerOf(request, NOW, async () => user)).ok).toBe(isKnown);
});

const oidc = oidcForTests();
beforeAll(() => configure({ providers: [{ ...providerOf(oidc()), apiAudience: [API] }] }));

test("an access token of a sign-in service is its subject's, once they have signed in here", async () => {
  const { accessToken, idToken } = await oidc().signIn("alice", { resource: API });
  const now = Date.now();
  expect(await bearer(accessToken, now)).toMatchObject({
    ok: false,
    error: "unknown-person",
    sentence: "Sign in with Sky IAM once in the browser first.",
  });
  const { sub } = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString());
  const identity = { provider: "sky", subject: sub, name: `alice-${uuidv7()}`, displayName: "Alice" };
  const known = await knowIdentity(identity, { signedInAs: null, places: [] }, { who: "meridian", now });
  if (!known.ok) throw new Error(known.why);
  const role = "administrator";
  await database().prisma.user.update({ where: { id: known.userId }, data: { role } });
  expect(await bearer(accessToken, now)).toEqual({
    ok: true,
    caller: {
      person: { id: known.userId, name: known.name, displayName: "Alice", role },
      scopes: new Set(["read", "book"]),
      by: "oidc",
      tokenId: null,
    },
  });
});

test("a sign-in service that is down is no fault of the token", async () => {
  const { accessToken } = await oidc().signIn("bob", { resource: API });
  const other = { ...providerOf(oidc()), name: "sea", clientId: "other", apiAudience: [API] };
  configure({ providers: [{ ...other, issuer: `${oidc().url}/` }] });
  oidc().outage({ kind: "503" });
  expect(await bearer(accessToken, Date.now())).toMatchObject({ ok: false, error: "unwell" });
  configure({ providers: [{ ...providerOf(oidc()), apiAudience: [API] }] });
});
