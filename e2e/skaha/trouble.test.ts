import http from "node:http";
import { expect, test } from "vitest";
import type { Bodies } from "./admin-bodies.ts";
import { as, HOUR_MS, NOTEBOOK, poll, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();
const alice = () => as(skaha(), "alice");
const order = (scenario: Bodies["scenario"]) => skaha().scenario(scenario);

// Row 21
test("a slow platform creates the session although its client has given up waiting", async () => {
  order({ slow: { createAfterMs: 0, answerAfterMs: HOUR_MS } });
  const giveUp = new AbortController();
  const body = new URLSearchParams({ image: NOTEBOOK, name: "slow-one", type: "notebook" });
  const asked = alice().call("POST", "/v1/session", { body, signal: giveUp.signal });
  await poll("it is there", async () => (await alice().list()).length === 1);
  giveUp.abort();
  await expect(asked).rejects.toThrow();
  expect((await alice().list()).map(({ name }) => name)).toEqual(["slow-one"]);
});

// Row 21
test("a late platform creates the session only after its client has given up", async () => {
  order({ image: NOTEBOOK, slow: { createAfterMs: HOUR_MS, answerAfterMs: HOUR_MS } });
  const giveUp = new AbortController();
  const body = new URLSearchParams({ image: NOTEBOOK, name: "late", type: "notebook" });
  const asked = alice().call("POST", "/v1/session", { body, signal: giveUp.signal });
  await poll("it has arrived", async () =>
    skaha()
      .requests()
      .some(({ method }) => method === "POST"),
  );
  giveUp.abort();
  await expect(asked).rejects.toThrow();
  expect(await alice().list()).toEqual([]);
  skaha().clock({ forwardMs: HOUR_MS });
  await poll("it is there", async () => (await alice().list()).length === 1);
});

// Row 21
test("two requests at once can pass the limit while the platform is slow", async () => {
  skaha().limit({ limit: 1 });
  order({ slow: { createAfterMs: 200, answerAfterMs: 200 } });
  const both = await Promise.all([alice().create(), alice().create()]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
});

// Row 22
test.each([
  ["500", 500, /^unexpected exception: .*[^\n]$/],
  ["503", 503, /^temporarily unavailable: null\n$/],
  ["html", 200, /^<!doctype html>/],
  ["ignore", 200, /^$/],
] as const)("an outage of the kind %s is answered %i", async (outage, status, words) => {
  order({ outage, times: 1 });
  const said = await alice().get("/v1/session");
  expect(said.status).toBe(status);
  expect(said.text).toMatch(words);
  expect(said.headers.get("retry-after")).toBe(outage === "503" ? "30" : null);
  expect((await alice().get("/v1/session")).text).toBe("[]\n");
});

// Row 22
test("a connection breaks before anything is done, or after it is done", async () => {
  order({ outage: "reset", method: "POST", times: 1 });
  await expect(alice().create()).rejects.toThrow();
  expect(await alice().list()).toEqual([]);
  order({ outage: "reset-after", method: "POST", times: 1 });
  await expect(alice().create()).rejects.toThrow();
  expect(await alice().list()).toHaveLength(1);
});

// Row 22
test("an answer stops in the middle, with status 200", async () => {
  await alice().made();
  order({ outage: "half" });
  const said = await alice().get("/v1/session");
  expect(said.status).toBe(200);
  expect(() => JSON.parse(said.text)).toThrow(SyntaxError);
  order({ clear: true });
  expect(await alice().list()).toHaveLength(1);
});

// Row 22
test("a platform that hangs answers nothing, also not later", async () => {
  order({ outage: "hang", times: 1 });
  const giveUp = new AbortController();
  const asked = alice().call("GET", "/v1/session", { signal: giveUp.signal });
  await poll("it was asked", async () =>
    skaha()
      .requests()
      .some(({ status }) => status === null),
  );
  giveUp.abort();
  await expect(asked).rejects.toThrow();
});

// Row 22
test("an outage can be for one image and for some requests; other requests do not notice", async () => {
  const image = "images.canfar.net/skaha/astroml:latest";
  order({ image, outage: "500", times: 2 });
  expect((await alice().create()).status).toBe(200);
  const answers = [await alice().create({ image }), await alice().create({ image }), await alice().create({ image })];
  expect(answers.map(({ status }) => status)).toEqual([500, 500, 200]);
});

test("an ending may be ignored although it was answered 200", async () => {
  const id = await alice().made();
  order({ outage: "ignore", method: "DELETE", times: 1 });
  expect((await alice().remove(id)).status).toBe(200);
  expect((await alice().show(id)).id).toBe(id);
  await alice().remove(id);
  expect((await alice().get(`/v1/session/${id}`)).status).toBe(404);
});

// Row 21
test("the images slow and late answer after thirty-five seconds, late creates only then", async () => {
  for (const [name, there] of [
    ["slow", 1],
    ["late", 0],
  ] as const) {
    await skaha().reset();
    const asked = alice().create({ image: `images.canfar.net/skaha/${name}:latest` });
    await poll("it has arrived", async () =>
      skaha()
        .requests()
        .some(({ method }) => method === "POST"),
    );
    expect(
      skaha()
        .requests()
        .find(({ method }) => method === "POST")?.status,
    ).toBeNull();
    expect(await alice().list()).toHaveLength(there);
    skaha().clock({ forwardMs: 32_000 });
    await poll("it is there", async () => (await alice().list()).length === 1);
    skaha().clock({ forwardMs: 3_000 });
    expect((await asked).status).toBe(200);
  }
});

test.each(["//", "/skaha/v1/session/%zz", "/session/notebook/%zz/lab", "/oidc/%zz"])(
  "a request for %s is answered, and the next one too",
  async (path) => {
    const headers = { connection: "close", authorization: "Bearer alice-token" };
    const status = await new Promise((resolve, reject) => {
      const request = http.get({ host: "127.0.0.1", port: skaha().port, path, headers });
      request.once("error", reject).once("response", (response) => resolve(response.resume().statusCode));
    });
    expect([200, 404, 500]).toContain(status);
    expect((await alice().get("/v1/session")).status).toBe(200);
  },
);

test("nobody speaks WebSocket with a session that is not there", async () => {
  const headers = { connection: "Upgrade", upgrade: "websocket" };
  const status = await new Promise((resolve, reject) => {
    const request = http.get({ host: "127.0.0.1", port: skaha().port, path: "/session/notebook/a/api", headers });
    request.once("error", reject).once("response", (response) => resolve(response.resume().statusCode));
  });
  expect(status).toBe(404);
});
