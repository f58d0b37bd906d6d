import { expect, test } from "vitest";
import { as, NOTEBOOK, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();
const post = async (name: string, body: unknown, type = "application/json") => {
  const init = { method: "POST", body: JSON.stringify(body), headers: { "content-type": type } };
  const response = await fetch(`${skaha().url}/admin/${name}`, init);
  return { status: response.status, text: await response.text() };
};
const get = async (name: string) => (await fetch(`${skaha().url}/admin/${name}`)).json();

test("users, tokens and limits are made by requests", async () => {
  expect((await post("users", { name: "eve", uid: 77, groups: [5] })).status).toBe(200);
  const made = await post("tokens", { user: "eve" });
  await post("limit", { user: "eve", limit: 1 });
  const eve = as(skaha(), "eve", JSON.parse(made.text).token);
  expect(await eve.show(await eve.made())).toMatchObject({ userid: "eve", runAsUID: "77", supplementalGroups: [5] });
  expect((await eve.create()).text).toBe("User eve has reached the maximum of 1 active sessions.\n");
  await post("tokens", { user: "eve", token: JSON.parse(made.text).token, revoke: true });
  expect((await eve.get("/v1/session")).status).toBe(401);
});

test.each([
  ["users", { name: "Eve" }, "name"],
  ["tokens", { user: "nobody" }, "There is no user 'nobody'."],
  ["scenario", {}, "Nothing is ordered"],
  ["scenario", { outage: "fire" }, "outage"],
  ["scenario", { delays: { pendingMs: -1 } }, "delays.pendingMs"],
  ["clock", { forward: 5 }, "forward"],
  ["limit", { limit: "3" }, "limit"],
  ["oidc", { accessSeconds: 0 }, "accessSeconds"],
])("POST /admin/%s refuses %o in a sentence", async (name, body, words) => {
  const said = await post(name, body);
  expect(said.status).toBe(400);
  expect(said.text).toContain(words);
  expect(said.text).toMatch(/^[A-Z].*\.\n$/);
});

test("a page in a browser cannot give orders", async () => {
  expect((await post("reset", {}, "text/plain")).status).toBe(400);
  expect((await post("format", {})).status).toBe(404);
});

test("the log of requests has no credential in it", async () => {
  const alice = as(skaha(), "alice");
  const headers = { "x-skaha-registry-auth": "c2VjcmV0", cookie: "CADC_SSO=secret", "x-client-certificate": "secret" };
  await alice.create({}, headers);
  await alice.get("/v1/session?token=secret&type=notebook");
  await fetch(`${skaha().url}/oidc/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: "meridian", client_secret: "secret", refresh_token: "secret" }),
  });
  const log = JSON.stringify(await get("requests"));
  expect(log).not.toMatch(/alice-token|c2VjcmV0|=secret|"secret"/);
  const [first, second, third] = await get("requests");
  expect(first).toMatchObject({ method: "POST", path: "/skaha/v1/session", status: 200 });
  expect(first.headers).toMatchObject({ authorization: "Bearer ***", "x-skaha-registry-auth": "***" });
  expect(first.form).toContainEqual(["image", NOTEBOOK]);
  expect(second.path).toBe("/skaha/v1/session?token=***&type=notebook");
  expect(third.form).toContainEqual(["client_secret", "***"]);
});

test("sessions are shown to the administrator, and a reset forgets everything", async () => {
  await as(skaha(), "alice").made({ type: "headless", cmd: "sleep", args: "1000" });
  expect(await get("sessions")).toMatchObject([{ userid: "alice", type: "headless", fault: null }]);
  await post("clock", { forwardMs: 1_000_000 });
  expect((await post("reset", {})).status).toBe(200);
  expect(await get("sessions")).toEqual([]);
  expect(await get("requests")).toEqual([]);
  expect((await as(skaha(), "alice").get("/v1/session")).text).toBe("[]\n");
});

test("delays can be set for one image", async () => {
  const image = "images.canfar.net/skaha/astroml:latest";
  skaha().scenario({ image, delays: { suspendedMs: 0, pendingMs: 0 } });
  const alice = as(skaha(), "alice");
  expect((await alice.show(await alice.made({ image }))).status).toBe("Running");
});
