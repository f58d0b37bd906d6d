import https from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { createAuthority, type Pair } from "#e2e/skaha/certificate-authority.ts";
import { type Skaha as Simulator, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { handleOf } from "#lib/launch/contract.ts";
import { until } from "#lib/until.ts";
import { createCanfarLauncher } from "./canfar-launcher.ts";
import { makeCircuit } from "./circuit.ts";
import { makeReadiness } from "./readiness.ts";
import { makeSkaha, type SkahaSetting } from "./skaha.ts";
import { SkahaError } from "./skaha-error.ts";

const HOUR_MS = 3_600_000;
const signal = AbortSignal.timeout(10 * 60_000);
const image = "images.canfar.net/skaha/base-notebook:latest";
const order = { name: "m-1", type: "notebook", image, cores: 1, ramGiB: 1, gpus: 0, program: null } as const;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSkaha({ jupyter: null });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.stop());

const setting = (more: Partial<SkahaSetting> = {}): SkahaSetting => ({
  base: new URL(`${simulator.tlsUrl}/skaha`),
  ca: simulator.ca,
  timeoutMs: 1_500,
  pauseMs: 10,
  circuit: makeCircuit({ failures: 100 }),
  ...more,
});
const skaha = (more: Partial<SkahaSetting> = {}) => makeSkaha(setting(more));

/** A day's certificate, as CADC makes it. */
async function certificateOf(user: string): Promise<Pair> {
  const headers = { authorization: `Bearer ${user}-token` };
  const text = await (await fetch(`${simulator.url}/cred/generate?daysValid=1`, { headers })).text();
  const [certificate = "", key = ""] = text.split(/(?=-----BEGIN PRIVATE KEY)/);
  return { certificate, key };
}

const troubleOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SkahaError)) throw error;
  return error.trouble;
};

/** Well before a server or a client would close what is idle, which takes four seconds or more. */
const allClosed = () =>
  until("every connection is closed", async () => (await simulator.tlsConnections()) === 0, { withinMs: 1_500 });

/** A platform that speaks only with those whose certificate is good, by the real time. */
async function strictServer(own: Pair, ca: string): Promise<URL> {
  const server = https.createServer({ cert: own.certificate, key: own.key, ca, requestCert: true }, (_, answer) =>
    answer.end("[]"),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/skaha`);
}

test("a certificate alone makes, sees and ends sessions, without any token and leaving no connection behind", async () => {
  const alice = await certificateOf("alice");
  const id = await skaha().create(order, alice, signal);
  expect(await skaha().sessions(alice, signal)).toMatchObject([{ id, name: "m-1" }]);
  expect(await skaha().exists(id, alice, signal)).toBe(true);
  await skaha().end(id, alice, signal);
  expect(await skaha().exists(id, alice, signal)).toBe(false);
  const asked = simulator.requests().filter(({ path }) => path.startsWith("/skaha"));
  expect(asked).toHaveLength(5);
  for (const { headers } of asked) expect(headers).not.toHaveProperty("authorization");
  await allClosed();
});

test("whether it is available is asked with the same trust", async () => {
  const base = new URL(`${simulator.tlsUrl}/skaha`);
  const trusting = makeReadiness({ base, ca: simulator.ca }, makeCircuit());
  expect(await trusting(signal)).toMatchObject({ ready: true });
  const stranger = makeReadiness({ base }, makeCircuit());
  expect(await stranger(signal)).toMatchObject({ ready: false, why: expect.stringContaining("SELF_SIGNED") });
});

test("two users at once are never taken for each other", async () => {
  const [alice, bob] = await Promise.all([certificateOf("alice"), certificateOf("bob")]);
  const one = skaha();
  await one.create({ ...order, name: "m-alice" }, alice, signal);
  await one.create({ ...order, name: "m-bob" }, bob, signal);
  const people = Array.from({ length: 8 }, (_, index) => (index % 2 ? alice : bob));
  const lists = await Promise.all(people.map((acting) => one.sessions(acting, signal)));
  expect(lists.map((list) => list.map(({ name }) => name))).toEqual(
    people.map((acting) => [acting === alice ? "m-alice" : "m-bob"]),
  );
  await allClosed();
});

test.each(["500", "reset", "half", "html", "hang"] as const)(
  "after an answer of the kind %s no connection is left, and it is the platform's trouble",
  async (outage) => {
    const alice = await certificateOf("alice");
    simulator.scenario({ outage });
    expect((await troubleOf(skaha({ timeoutMs: 200 }).sessions(alice, signal))).kind).toBe("unwell");
    await allClosed();
  },
);

test("a call that is given up closes its connection", async () => {
  const alice = await certificateOf("alice");
  simulator.scenario({ outage: "hang" });
  const giveUp = new AbortController();
  const asked = skaha().sessions(alice, giveUp.signal);
  asked.catch(() => undefined);
  await until("it was asked", () => simulator.requests().length > 1, { withinMs: 5_000 });
  giveUp.abort(new Error("never mind"));
  await expect(asked).rejects.toThrow("never mind");
  await allClosed();
});

test("a token may be used with a private authority too", async () => {
  expect(await skaha().sessions({ token: "alice-token" }, signal)).toEqual([]);
  await allClosed();
});

test("a certificate that is over by the platform's clock needs a new sign-in", async () => {
  const alice = await certificateOf("alice");
  simulator.clock({ forwardMs: 24 * HOUR_MS });
  expect(await troubleOf(skaha().sessions(alice, signal))).toEqual({
    kind: "sign-in needed",
    text: "certificate for alice has expired",
  });
});

test("so does one that is over when a strict platform cuts the connection, and that is no reason to leave it alone", async () => {
  const authority = await createAuthority();
  const now = Date.now();
  const server = await authority.issue({ name: "server", from: now - HOUR_MS, until: now + HOUR_MS, isServer: true });
  const [old, good] = await Promise.all([
    authority.issue({ name: "alice", from: now - 2 * HOUR_MS, until: now - HOUR_MS }),
    authority.issue({ name: "alice", from: now - HOUR_MS, until: now + HOUR_MS }),
  ]);
  const base = await strictServer(server, authority.certificate);
  const strict = skaha({ base, ca: authority.certificate, circuit: makeCircuit({ failures: 1 }) });
  expect(await strict.sessions(good, signal)).toEqual([]);
  expect(await troubleOf(strict.sessions(old, signal))).toMatchObject({
    kind: "sign-in needed",
    text: expect.stringContaining("the certificate has expired"),
  });
  expect(strict.circuit.state()).toEqual({ state: "closed" });
});

test("one whose key is another's, or that is none, needs a new sign-in, and the platform is not blamed", async () => {
  const [alice, bob] = await Promise.all([certificateOf("alice"), certificateOf("bob")]);
  const broken = [
    { certificate: alice.certificate, key: bob.key },
    { certificate: "none", key: "none" },
  ];
  for (const acting of broken) expect((await troubleOf(skaha().sessions(acting, signal))).kind).toBe("sign-in needed");
});

test("a platform whose authority is not known here, or whose certificate is over, is not talked to", async () => {
  const alice = await certificateOf("alice");
  const other = await createAuthority();
  for (const ca of [undefined, other.certificate]) {
    expect(await troubleOf(skaha({ ca }).sessions(alice, signal))).toMatchObject({
      kind: "unwell",
      text: expect.stringMatching(/^it cannot be trusted, as its certificate is signed by an authority/),
    });
  }
  const now = Date.now();
  const over = await other.issue({ name: "server", from: now - 2 * HOUR_MS, until: now - HOUR_MS, isServer: true });
  const base = await strictServer(over, other.certificate);
  expect(await troubleOf(skaha({ base, ca: other.certificate }).sessions(alice, signal))).toMatchObject({
    text: "it cannot be trusted, as its certificate has expired (CERT_HAS_EXPIRED)",
  });
  expect(simulator.requests().filter(({ path }) => path.startsWith("/skaha"))).toEqual([]);
});

test("an authority that is none is refused at the start", () => {
  expect(() => skaha({ ca: "none" })).toThrow();
});

test("a launcher that acts with certificates makes a session, sees it available and releases it", async () => {
  const platform = createCanfarLauncher({
    ...setting(),
    actFor: certificateOf,
    people: async () => ["alice"],
    endingEveryMs: 20,
  });
  const resources = { cores: 1, memoryGiB: 1, gpus: 0 };
  const executable = { type: "notebook", image } as const;
  const key = "m-000000000001";
  const endsAt = Date.now() + HOUR_MS;
  const user = { id: "alice", name: "alice" };
  const handle = handleOf(await platform.launch({ key, user, executable, resources, endsAt }, signal));
  await until("it is available", async () => (await platform.look(handle, signal)).state === "available", {
    withinMs: 20_000,
  });
  expect(await platform.list(signal)).toEqual([{ key, handle }]);
  await platform.release(handle, signal);
  expect(await platform.list(signal)).toEqual([]);
  await allClosed();
});
