import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { as, HOUR_MS, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${skaha().url}${path}`, init);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};
const logIn = (username: string, password: string) =>
  ask("/ac/login", { method: "POST", body: new URLSearchParams({ username, password }) });
const bearing = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const token = async () => (await logIn("alice", "alice-password")).text;
const generated = async (query: string) =>
  new X509Certificate((await ask(`/cred/generate${query}`, bearing(await token()))).text);
const hoursOf = ({ validFrom, validTo }: X509Certificate) => (Date.parse(validTo) - Date.parse(validFrom)) / HOUR_MS;

test("a name and a password give a token that says nothing by itself and lasts 48 hours, for Skaha too", async () => {
  const said = await logIn("alice", "alice-password");
  expect(said).toMatchObject({ status: 200, type: "text/plain", text: expect.stringMatching(/^[\w-]{64}$/) });
  expect(await ask("/ac/whoami", bearing(said.text))).toMatchObject({ status: 200, type: "text/plain", text: "alice" });
  const alice = as(skaha(), "alice", said.text);
  expect((await alice.get("/v1/session")).headers.get("x-vo-authenticated")).toBe("alice");
  skaha().clock({ forwardMs: 48 * HOUR_MS - 60_000 });
  expect((await alice.get("/v1/session")).status).toBe(200);
  skaha().clock({ forwardMs: 60_000 });
  expect((await alice.get("/v1/session")).text).toBe("Token has expired");
  expect((await ask("/ac/whoami", bearing(said.text))).status).toBe(401);
});

test.each([
  ["alice", "bob-password"],
  ["nobody", "nobody-password"],
  ["", ""],
])("%j with the password %j is nobody", async (name, password) => {
  expect(await logIn(name, password)).toMatchObject({ status: 401, text: "Invalid username or password" });
});

test("a password can be set, and is in no log", async () => {
  skaha().users({ name: "alice", password: "another one" });
  expect((await logIn("alice", "alice-password")).status).toBe(401);
  expect((await logIn("alice", "another one")).status).toBe(200);
  const log = JSON.stringify(skaha().requests());
  expect(log).toContain('["username","alice"]');
  expect(log).not.toMatch(/another|alice-password/);
});

test("without a token nobody is told who they are, and nobody gets a certificate", async () => {
  for (const path of ["/ac/whoami", "/cred/generate?daysValid=1"]) {
    expect((await ask(path)).status).toBe(401);
    expect((await ask(path, bearing("made-up"))).status).toBe(401);
  }
});

test("a certificate comes with its key, names the user and is signed by the simulator's authority", async () => {
  const value = await token();
  const said = await ask("/cred/generate?daysValid=2", { headers: { cookie: `other=1; CADC_SSO="${value}"` } });
  expect(said).toMatchObject({ status: 200, type: "application/x-pem-file" });
  expect(said.text).toMatch(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----/);
  const certificate = new X509Certificate(said.text);
  expect(certificate.subject).toBe("C=ca\nO=hia\nOU=cadc\nCN=alice");
  expect(certificate.verify(new X509Certificate(skaha().ca).publicKey)).toBe(true);
  expect(await ask("/admin/ca")).toMatchObject({ status: 200, text: skaha().ca });
});

test("it lasts as long as it was asked for, in whole hours, by the platform's clock, up to the most there is", async () => {
  expect(hoursOf(await generated("?daysValid=2"))).toBe(48);
  expect(hoursOf(await generated("?daysValid=0.55"))).toBe(13);
  expect(hoursOf(await generated("?daysValid=365"))).toBe(30 * 24);
  skaha().cadc({ mostDays: 10 });
  expect(hoursOf(await generated("?daysValid=30"))).toBe(240);
  expect(hoursOf(await generated(""))).toBe(240);
  skaha().clock({ forwardMs: 1_000 * HOUR_MS });
  const from = Date.parse((await generated("?daysValid=1")).validFrom);
  expect(from - Date.now()).toBeGreaterThan(999 * HOUR_MS);
});

test.each(["0", "-1", "soon", ""])("for %j days there is none", async (days) => {
  expect(await ask(`/cred/generate?daysValid=${days}`, bearing(await token()))).toMatchObject({ status: 400 });
});

test("an outage can be of one part of it", async () => {
  skaha().cadc({ outage: { kind: "503", path: "whoami", times: 1 } });
  const value = await token();
  expect((await ask("/ac/whoami", bearing(value))).status).toBe(503);
  expect((await ask("/ac/whoami", bearing(value))).status).toBe(200);
  skaha().cadc({ outage: { kind: "500" } });
  expect((await logIn("alice", "alice-password")).status).toBe(500);
  expect((await as(skaha(), "alice").get("/v1/session")).status).toBe(200);
  skaha().cadc({ outage: null });
  expect((await logIn("alice", "alice-password")).status).toBe(200);
});
