import { expect, test } from "vitest";
import { oidcForTests, refresh, revoke, whoIs } from "./trial.ts";

const oidc = oidcForTests();
const refused = { status: 400, body: { error: "invalid_grant" } };

test("an access token is good for a minute and not a second more", async () => {
  const { accessToken } = await oidc().signIn("alice");
  // The second in which it was issued may be over by now.
  oidc().forward(57);
  expect(await whoIs(oidc(), accessToken)).toMatchObject({ preferred_username: "alice" });
  oidc().forward(3);
  expect(await whoIs(oidc(), accessToken)).toBe(401);
});

test("how long tokens live can be set while it runs", async () => {
  oidc().settings({ accessSeconds: 600, refreshSeconds: 1_200 });
  const { accessToken, refreshToken, expiresIn } = await oidc().signIn("alice");
  expect(expiresIn).toBe(600);
  oidc().forward(590);
  expect(await whoIs(oidc(), accessToken)).toMatchObject({ preferred_username: "alice" });
  oidc().forward(610);
  expect(await refresh(oidc(), refreshToken)).toMatchObject(refused);
});

test("refresh tokens rotate; a used one is refused and takes everything of its sign-in with it", async () => {
  const other = await oidc().signIn("alice");
  const first = await oidc().signIn("alice");
  const { status, body: second } = await refresh(oidc(), first.refreshToken);
  expect(status).toBe(200);
  expect(second.refresh_token).not.toBe(first.refreshToken);
  expect(await whoIs(oidc(), second.access_token)).toMatchObject({ preferred_username: "alice" });
  expect(await refresh(oidc(), first.refreshToken)).toMatchObject(refused);
  expect(await refresh(oidc(), second.refresh_token)).toMatchObject(refused);
  expect(await whoIs(oidc(), second.access_token)).toBe(401);
  expect((await refresh(oidc(), other.refreshToken)).status).toBe(200);
  expect(oidc().issued("alice")).toEqual({ signIns: 2, refreshes: 2 });
});

test("as at SKA IAM, a used refresh token can be refused and no more", async () => {
  oidc().settings({ reuse: "is-refused" });
  const { refreshToken } = await oidc().signIn("alice");
  const { body: second } = await refresh(oidc(), refreshToken);
  expect(await refresh(oidc(), refreshToken)).toMatchObject(refused);
  expect((await refresh(oidc(), second.refresh_token)).status).toBe(200);
});

test.each(["revokes-all", "is-refused"] as const)(
  "of many refreshes at once one succeeds (a used token %s)",
  async (reuse) => {
    oidc().settings({ reuse });
    const { refreshToken } = await oidc().signIn("alice");
    const all = await Promise.all(Array.from({ length: 8 }, () => refresh(oidc(), refreshToken)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(400)]);
    const next = all.find(({ status }) => status === 200)?.body.refresh_token;
    expect((await refresh(oidc(), next)).status).toBe(reuse === "is-refused" ? 200 : 400);
  },
);

test("a revoked refresh token is useless, and so is what came from it", async () => {
  const { accessToken, refreshToken } = await oidc().signIn("bob");
  expect((await revoke(oidc(), refreshToken)).status).toBe(200);
  expect(await refresh(oidc(), refreshToken)).toMatchObject(refused);
  expect(await whoIs(oidc(), accessToken)).toBe(401);
  expect((await revoke(oidc(), "never seen")).status).toBe(200);
  expect(oidc().revocations()).toEqual(["bob"]);
});

test("somebody's refresh tokens can be refused from now on, until the next sign-in", async () => {
  const [first, second] = [await oidc().signIn("alice"), await oidc().signIn("alice")];
  const bob = await oidc().signIn("bob");
  oidc().refuseRefresh("alice");
  expect(await refresh(oidc(), first.refreshToken)).toMatchObject(refused);
  expect(await refresh(oidc(), second.refreshToken)).toMatchObject(refused);
  expect((await refresh(oidc(), bob.refreshToken)).status).toBe(200);
  expect((await refresh(oidc(), (await oidc().signIn("alice")).refreshToken)).status).toBe(200);
  expect(() => oidc().refuseRefresh("nobody")).toThrow("The provider does not know 'nobody'.");
});
