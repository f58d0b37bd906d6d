import { expect, test } from "vitest";
import { as, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();

// Row 1
test("an unknown token is refused with 401 and told how to sign in", async () => {
  const said = await as(skaha(), "alice", "no-such-token").get("/v1/session");
  expect(said.status).toBe(401);
  expect(said.text).not.toMatch(/\n$/);
  expect(said.headers.get("www-authenticate")).toMatch(/^Bearer .*ivoa_bearer .*ivoa_x509 .*ivoa_cookie/);
});

// Row 1
test("a token is good until it expires, and then is said to have expired", async () => {
  skaha().tokens({ user: "alice", token: "short", expiresInSeconds: 60 });
  const alice = as(skaha(), "alice", "short");
  const before = await alice.get("/v1/session");
  expect(before.status).toBe(200);
  expect(before.headers.get("x-vo-authenticated")).toBe("alice");
  skaha().clock({ forwardMs: 60_000 });
  const after = await alice.get("/v1/session");
  expect([after.status, after.text]).toEqual([401, "Token has expired"]);
});

// Row 1
test("without any credential it is 400 with the anonymous text, or 401 when switched", async () => {
  const anonymous = async () => {
    const response = await fetch(`${skaha().url}/skaha/v1/context`);
    return [response.status, await response.text()];
  };
  expect(await anonymous()).toEqual([400, "cannot get group memberships for anonymous\n"]);
  skaha().platform({ anonymous: 401 });
  expect((await anonymous())[0]).toBe(401);
});

// Row 2
test("somebody outside the group is refused before any parameter is looked at", async () => {
  const said = await as(skaha(), "mallory").post("/v1/session", {});
  expect([said.status, said.text]).toEqual([403, "Not authorized to use the skaha system\n"]);
});

test.each([
  ["permissions-api", "Subject is not authorized to access Skaha according to permissions API plugin authorisation."],
  ["no-posix", "No POSIX Principal"],
  ["incomplete-posix", "POSIX Principal is incomplete (no username)."],
] as const)("an account that is refused as %s hears why", async (access, words) => {
  skaha().users({ name: "alice", access });
  const said = await as(skaha(), "alice").get("/v1/session");
  expect([said.status, said.text]).toEqual([403, `${words}\n`]);
});
