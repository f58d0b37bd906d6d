import { expect, test } from "vitest";
import { oidcForTests, refresh, whoIs } from "./trial.ts";

const oidc = oidcForTests();
const at = (path: string, init?: RequestInit) => fetch(`${oidc().url}/${path}`, init);

test.each(["500", "503"] as const)("an outage answers %s, as often as ordered and where ordered", async (kind) => {
  const { accessToken, refreshToken } = await oidc().signIn("alice");
  oidc().outage({ kind, path: "token", times: 2 });
  const form = () => ({ method: "POST", body: new URLSearchParams({ grant_type: "refresh_token" }) });
  expect((await at("token", form())).status).toBe(Number(kind));
  expect(await whoIs(oidc(), accessToken)).toMatchObject({ preferred_username: "alice" });
  expect((await at("token", form())).status).toBe(Number(kind));
  expect((await refresh(oidc(), refreshToken)).status).toBe(200);
});

test("an outage everywhere lasts until it is called off", async () => {
  oidc().outage({ kind: "503" });
  for (const path of ["jwks", "userinfo", ".well-known/openid-configuration"])
    expect((await at(path)).status).toBe(503);
  await expect(oidc().signIn("alice")).rejects.toThrow();
  oidc().outage(null);
  expect((await at("jwks")).status).toBe(200);
});

test("a broken connection leaves the refresh token as it was", async () => {
  const { refreshToken } = await oidc().signIn("alice");
  oidc().outage({ kind: "reset", path: "token", times: 1 });
  await expect(refresh(oidc(), refreshToken)).rejects.toThrow();
  expect((await refresh(oidc(), refreshToken)).status).toBe(200);
});

test("an answer to a refresh may be lost after the token was used up", async () => {
  const { refreshToken } = await oidc().signIn("alice");
  oidc().outage({ kind: "reset-after", path: "token", times: 1 });
  await expect(refresh(oidc(), refreshToken)).rejects.toThrow();
  expect((await refresh(oidc(), refreshToken)).body.error).toBe("invalid_grant");
});

test("who hangs does not answer", async () => {
  oidc().outage({ kind: "hang", path: "jwks", times: 1 });
  const abort = new AbortController();
  const hanging = at("jwks", { signal: abort.signal });
  // The next one is answered, so the first one has been seen and is not.
  await expect.poll(() => oidc().requests().length).toBe(1);
  expect((await at("jwks")).status).toBe(200);
  expect(oidc().requests()[0]).toEqual({ method: "GET", path: "/jwks" });
  abort.abort();
  await expect(hanging).rejects.toThrow();
});

test("what was asked is written down, and nothing secret with it", async () => {
  const { refreshToken } = await oidc().signIn("alice");
  await refresh(oidc(), refreshToken);
  await refresh(oidc(), "wrong-token");
  expect(
    oidc()
      .requests()
      .map(({ path }) => path),
  ).toEqual([
    "/.well-known/openid-configuration",
    "/authorize",
    "/sign-in/*",
    "/sign-in/*",
    "/authorize/*",
    "/sign-in/*",
    "/authorize/*",
    "/token",
    "/token",
    "/token",
  ]);
  expect(oidc().requests().slice(-3)).toEqual([
    { method: "POST", path: "/token", status: 200, grantType: "authorization_code" },
    { method: "POST", path: "/token", status: 200, grantType: "refresh_token" },
    { method: "POST", path: "/token", status: 400, grantType: "refresh_token" },
  ]);
});
