import { createPrivateKey, X509Certificate } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createAuthority } from "#e2e/skaha/certificate-authority.ts";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { makeSkaha } from "#lib/launch/canfar/skaha.ts";
import { type CadcSetting, mintCertificate, signInToCadc } from "./cadc.ts";
import { CadcError } from "./cadc-error.ts";

const HOUR_MS = 3_600_000;
const signal = AbortSignal.timeout(10 * 60_000);
const alice = { username: "alice", password: "alice-password" };

let skaha: Skaha;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
});
beforeEach(() => skaha.reset());
afterAll(() => skaha.stop());

const setting = (more: Partial<CadcSetting> = {}): CadcSetting => ({
  login: new URL(`${skaha.url}/ac/login`),
  whoami: new URL(`${skaha.url}/ac/whoami`),
  generate: new URL(`${skaha.url}/cred/generate`),
  timeoutMs: 1_500,
  ...more,
});
const signIn = (more: Partial<CadcSetting> = {}, who = alice) => signInToCadc(setting(more), who, signal);
const mint = (token: string, days = 2, more: Partial<CadcSetting> = {}) =>
  mintCertificate(setting(more), token, days, signal);

/** The error, after a look at all of it: nothing in it lets anybody in. */
async function troubleOf(work: Promise<unknown>): Promise<CadcError> {
  const error = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CadcError)) throw error;
  const whole = inspect(error, { depth: null, showHidden: true });
  expect(whole).not.toMatch(/alice-(password|token)|PRIVATE KEY|secret-of-the-test/);
  expect(error.cause).toBeUndefined();
  return error;
}

/** A server of CADC's that gives this answer, whatever it is asked. */
async function answering(text: string, status = 200, headers: Record<string, string> = {}): Promise<URL> {
  const server = http.createServer((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** An address at which nobody listens any more. */
async function nobody(): Promise<URL> {
  const other = await startSkaha({ jupyter: null });
  await other.stop();
  return new URL(other.url);
}

describe("signing in", () => {
  test("gives a token that CANFAR accepts, for 48 hours, and who it is for as CADC says", async () => {
    const now = Date.now();
    const said = await signInToCadc(setting(), alice, signal, now);
    if (!said.ok) throw new Error("it was not accepted");
    expect(said).toMatchObject({ username: "alice", expiresAt: now + 48 * HOUR_MS });
    const platform = makeSkaha({ base: new URL(`${skaha.url}/skaha`) });
    expect(await platform.sessions({ token: said.token }, signal)).toEqual([]);
    skaha.clock({ forwardMs: 48 * HOUR_MS });
    await expect(platform.sessions({ token: said.token }, signal)).rejects.toThrow("sign in again");
  });

  test("counts the 48 hours from now when nobody says from when", async () => {
    const before = Date.now();
    const said = await signIn();
    const left = said.ok ? said.expiresAt - 48 * HOUR_MS : 0;
    expect(left).toBeGreaterThanOrEqual(before);
    expect(left).toBeLessThanOrEqual(Date.now());
  });

  test("with a wrong password, or as somebody who is not there, is an answer and no trouble", async () => {
    const wrong = { ok: false, why: "wrong password" };
    expect(await signIn({}, { username: "alice", password: "guessed" })).toEqual(wrong);
    expect(await signIn({}, { username: "nobody", password: "guessed" })).toEqual(wrong);
  });

  test("takes a password as it is written", async () => {
    const password = " ä&=%+ 漢\n";
    skaha.users({ name: "alice", password });
    expect(await signIn({}, { username: "alice", password })).toMatchObject({ ok: true });
    expect(await signIn({}, { username: "alice", password: password.trim() })).toMatchObject({ ok: false });
  });

  test.each([
    ["500", "login", "CADC's sign-in is out of order (HTTP 500)."],
    ["503", "login", "CADC's sign-in is out of order (HTTP 503)."],
    ["html", "login", "CADC's sign-in is out of order: its answer cannot be read."],
    ["half", "login", "CADC's sign-in is out of order: its token is not accepted."],
    ["reset", "login", "CADC's sign-in cannot be reached (ECONNRESET)."],
    ["reset-after", "login", "CADC's sign-in cannot be reached (ECONNRESET)."],
    ["hang", "login", "CADC's sign-in did not answer in time."],
    ["503", "whoami", "CADC's whoami is out of order (HTTP 503)."],
    ["html", "whoami", "CADC's whoami is out of order: its answer cannot be read."],
    ["hang", "whoami", "CADC's whoami did not answer in time."],
  ] as const)("met by %s at %s says so, and works once that is over", async (kind, path, words) => {
    skaha.cadc({ outage: { kind, path } });
    const error = await troubleOf(signIn({ timeoutMs: 300 }));
    expect([error.kind, error.message]).toEqual(["unwell", words]);
    skaha.cadc({ outage: null });
    expect(await signIn()).toMatchObject({ ok: true });
  });

  test("at an address where nobody is says so without the address", async () => {
    const error = await troubleOf(signIn({ login: await nobody() }));
    expect([error.kind, error.message]).toEqual(["unwell", "CADC's sign-in cannot be reached (ECONNREFUSED)."]);
  });

  test.each([
    ["nothing", ""],
    ["a space in between", "one two"],
    ["letters that no token has", "tokén"],
    ["a page without spaces", "<html></html>"],
    ["far too much", "x".repeat(10_000)],
  ])("is not done with %s for a token", async (_what, text) => {
    const error = await troubleOf(signIn({ login: await answering(text) }));
    expect(error.message).toBe("CADC's sign-in is out of order: its answer cannot be read.");
  });

  test("never sends the password on to where CADC points", async () => {
    const login = await answering("", 307, { location: `${skaha.url}/ac/login` });
    expect((await troubleOf(signIn({ login }))).message).toBe("CADC's sign-in is out of order (HTTP 307).");
    expect(skaha.requests()).toEqual([]);
  });

  test("that CADC will never do is refused", async () => {
    const error = await troubleOf(signIn({ login: await answering("no such thing as secret-of-the-test", 404) }));
    expect([error.kind, error.message]).toEqual(["refused", "CADC's sign-in was refused (HTTP 404)."]);
  });

  test("has no secret in an error although the answer that broke has one", async () => {
    const broken = http.createServer();
    broken.on("connection", (socket) => socket.end("HTTP/1.1 200 OK\r\nsecret-of-the-test\r\n\r\n"));
    await new Promise<void>((resolve) => broken.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void broken.close());
    const login = new URL(`http://127.0.0.1:${(broken.address() as AddressInfo).port}`);
    expect((await troubleOf(signIn({ login }))).message).toBe("CADC's sign-in cannot be reached (no answer).");
  });

  test("that is given up ends with why", async () => {
    skaha.cadc({ outage: { kind: "hang" } });
    const giveUp = new AbortController();
    const asked = signInToCadc(setting(), alice, giveUp.signal);
    giveUp.abort(new Error("never mind"));
    await expect(asked).rejects.toThrow("never mind");
  });
});

describe("a certificate", () => {
  test("comes with its own key, for as many days as were asked for, and says itself how long it lasts", async () => {
    const made = await mint("alice-token", 2);
    const certificate = new X509Certificate(made.certificate);
    expect(made.expiresAt).toBe(Date.parse(certificate.validTo));
    expect(Math.abs(made.expiresAt - Date.now() - 48 * HOUR_MS)).toBeLessThan(60_000);
    expect(certificate.subject).toContain("CN=alice");
    expect(made.certificate).not.toContain("PRIVATE KEY");
    expect(made.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n[^-]+-----END PRIVATE KEY-----\n$/);
  });

  test("that may not last as long as was asked for says so by its end", async () => {
    skaha.cadc({ mostDays: 10 });
    skaha.clock({ forwardMs: 100 * HOUR_MS });
    const made = await mint("alice-token", 30);
    expect(Math.abs(made.expiresAt - Date.now() - 340 * HOUR_MS)).toBeLessThan(60_000);
  });

  test("is not made with a token that is over: sign in again", async () => {
    skaha.tokens({ user: "alice", token: "alice-token-over", expiresInSeconds: 0 });
    const error = await troubleOf(mint("alice-token-over"));
    expect([error.kind, error.message]).toEqual([
      "sign-in needed",
      "CADC does not accept your sign-in any more: sign in again.",
    ]);
  });

  test("is not made for no days, with a token that cannot be sent, or where none are made", async () => {
    expect(await troubleOf(mint("alice-token", 0))).toMatchObject({ kind: "refused" });
    expect(await troubleOf(mint("alice-token\n漢"))).toMatchObject({ kind: "unwell" });
    const error = await troubleOf(mint("alice-token", 2, { generate: null }));
    expect([error.kind, error.message]).toEqual(["refused", "CADC makes no certificates here."]);
  });

  test.each([
    ["500", "CADC's making of certificates is out of order (HTTP 500)."],
    ["html", "CADC's making of certificates is out of order: its answer cannot be read."],
    ["half", "CADC's making of certificates is out of order: its answer cannot be read."],
    ["reset", "CADC's making of certificates cannot be reached (ECONNRESET)."],
    ["hang", "CADC's making of certificates did not answer in time."],
  ] as const)("met by %s is not made, and may be later", async (kind, words) => {
    skaha.cadc({ outage: { kind, path: "generate", times: 1 } });
    const error = await troubleOf(mint("alice-token", 2, { timeoutMs: 300 }));
    expect([error.kind, error.message]).toEqual(["unwell", words]);
    expect(await mint("alice-token")).toMatchObject({ key: expect.any(String) });
  });

  test("is only taken with one key, which is its own", async () => {
    const authority = await createAuthority();
    const wanted = { name: "alice", from: 0, until: Date.now() + HOUR_MS };
    const [one, two] = await Promise.all([authority.issue(wanted), authority.issue(wanted)]);
    const lock = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "secret" } as const;
    const locked = createPrivateKey(one.key).export(lock);
    const answers = [
      one.certificate,
      one.key,
      one.certificate + two.key,
      one.certificate + one.key + two.key,
      two.certificate + one.certificate + one.key,
      `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${one.key}`,
      one.certificate + locked,
    ];
    for (const text of answers) {
      const error = await troubleOf(mint("alice-token", 2, { generate: await answering(text) }));
      expect(error.message).toContain("its answer cannot be read");
    }
  });

  test("may come with those of who signed it, after its key, and ends with the first of them", async () => {
    const authority = await createAuthority();
    const now = Math.floor(Date.now() / 1_000) * 1_000;
    const own = await authority.issue({ name: "alice", from: now, until: now + 48 * HOUR_MS });
    const signer = await authority.issue({ name: "signer", from: now, until: now + HOUR_MS });
    const generate = await answering(`A proxy of alice:\n${own.certificate}${own.key}${signer.certificate}`);
    expect(await mint("alice-token", 2, { generate })).toEqual({
      certificate: own.certificate + signer.certificate,
      key: own.key,
      expiresAt: now + HOUR_MS,
    });
  });
});

test("from a name and a password to a session and its end, by a certificate over TLS, long after the token is over", async () => {
  const said = await signIn();
  if (!said.ok) throw new Error("it was not accepted");
  const { certificate, key, expiresAt } = await mint(said.token, 5);
  expect(expiresAt).toBeGreaterThan(said.expiresAt);
  skaha.clock({ forwardMs: 72 * HOUR_MS });
  const platform = makeSkaha({ base: new URL(`${skaha.tlsUrl}/skaha`), ca: skaha.ca });
  await expect(platform.sessions({ token: said.token }, signal)).rejects.toThrow("sign in again");
  const acting = { certificate, key };
  const image = "images.canfar.net/skaha/base-notebook:latest";
  const order = { name: "m-chain", type: "notebook", image, cores: 1, ramGiB: 1, gpus: 0, program: null } as const;
  const id = await platform.create(order, acting, signal);
  expect(await platform.sessions(acting, signal)).toMatchObject([{ id, name: "m-chain" }]);
  await platform.end(id, acting, signal);
  expect(await platform.sessions(acting, signal)).toEqual([]);
  skaha.clock({ forwardMs: 48 * HOUR_MS });
  await expect(platform.sessions(acting, signal)).rejects.toThrow("sign in again");
});
