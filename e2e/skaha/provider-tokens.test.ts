import { expect, test } from "vitest";
import { oidcForTests } from "#e2e/oidc/trial.ts";
import { askProvider, createProviderTokens } from "./provider-tokens.ts";
import { startSkaha } from "./start-skaha.ts";
import { as, skahaForTests } from "./trial.ts";

const oidc = oidcForTests();
const skaha = skahaForTests();
const ask = (token: string) => as(skaha(), "", token).get("/v1/session");
const trust = () => skaha().platform({ issuer: oidc().issuer });
const asked = (path: string) =>
  oidc()
    .requests()
    .filter((one) => one.path === path).length;

test("a token of the provider opens the platform, under the name that the provider gives", async () => {
  trust();
  const { accessToken } = await oidc().signIn("bob");
  const said = await ask(accessToken);
  expect([said.status, said.headers.get("x-vo-authenticated")]).toEqual([200, "bob"]);
  expect((await ask("alice-token")).status).toBe(200);
});

test("a provider that nobody has trusted is not asked", async () => {
  const { accessToken } = await oidc().signIn("bob");
  const said = await ask(accessToken);
  expect([said.status, said.text]).toEqual([401, "Token is not valid"]);
  expect(asked("/userinfo")).toBe(0);
});

test("a token that is over is refused at once, and within two seconds when it was good a moment ago", async () => {
  trust();
  const { accessToken: unused } = await oidc().signIn("alice");
  const { accessToken: used } = await oidc().signIn("alice");
  expect((await ask(used)).status).toBe(200);
  oidc().forward(60);
  skaha().clock({ forwardMs: 2_000 });
  for (const token of [unused, used, "never-issued"]) {
    const said = await ask(token);
    expect([said.status, said.text]).toEqual([401, "Token has expired or is not valid"]);
    expect(said.headers.get("www-authenticate")).toMatch(/^Bearer error="invalid_token"/);
  }
});

test("the provider is asked about a token every two seconds at the most, and once where to ask", async () => {
  const { accessToken } = await oidc().signIn("alice");
  const before = asked("/.well-known/openid-configuration");
  const known = createProviderTokens(null);
  for (const now of [0, 1_999, 2_000, 3_999])
    expect(await askProvider(known, oidc().issuer, accessToken, now)).toBe("alice");
  expect(asked("/userinfo")).toBe(2);
  expect(asked("/.well-known/openid-configuration") - before).toBe(1);
});

test("an issuer given at the start is the one that a reset goes back to", async () => {
  const other = await startSkaha({ jupyter: null, issuer: oidc().issuer });
  try {
    const { accessToken } = await oidc().signIn("alice");
    const status = async () => (await as(other, "alice", accessToken).get("/v1/session")).status;
    expect(await status()).toBe(200);
    other.platform({ issuer: null });
    expect(await status()).toBe(401);
    await other.reset();
    expect(await status()).toBe(200);
  } finally {
    await other.stop();
  }
});

test("somebody whom the platform does not know, or not as a member, is refused with 403", async () => {
  trust();
  oidc().user({ name: "carol" });
  for (const name of ["carol", "mallory"]) {
    const said = await ask((await oidc().signIn(name)).accessToken);
    expect([said.status, said.text]).toEqual([403, "Not authorized to use the skaha system\n"]);
  }
});

test("while the provider is out of order the platform fails, but for its own tokens, and recovers", async () => {
  trust();
  const { accessToken } = await oidc().signIn("alice");
  oidc().outage({ kind: "503" });
  const discovering = await ask(accessToken);
  expect(discovering.status).toBe(500);
  expect(discovering.text).toMatch(/^unexpected exception: .*openid-configuration answered 503$/);
  expect((await ask("alice-token")).status).toBe(200);
  oidc().outage({ kind: "reset", path: "userinfo", times: 1 });
  expect((await ask(accessToken)).text).toMatch(/^unexpected exception: /);
  expect((await ask(accessToken)).status).toBe(200);
});

test("an issuer that is off by a slash is another issuer", async () => {
  skaha().platform({ issuer: `${oidc().issuer}/` });
  const said = await ask((await oidc().signIn("alice")).accessToken);
  expect(said.status).toBe(500);
  expect(said.text).toContain("is of the issuer");
});
