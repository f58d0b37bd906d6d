import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Oidc, startOidc } from "#e2e/oidc/start-oidc.ts";
import { startSkaha } from "#e2e/skaha/start-skaha.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { findCredential, giveLeaseBack, takeLease } from "#lib/db/credentials.ts";
import { cadcAt, configure, providerOf, signedIn, testVault } from "#lib/testing/delegation.ts";
import { makeUniverse } from "#lib/testing/universe.ts";
import { until } from "#lib/until.ts";
import { type ActFor, actFor } from "./act-for.ts";
import { CredentialTrouble } from "./credential-trouble.ts";
import { keepSecret } from "./keep-secret.ts";
import { tokensOf } from "./oidc.ts";
import { reseal } from "./reseal.ts";
import type { Acting } from "./secret.ts";
import { willLast } from "./will-last.ts";

let oidc: Oidc;
beforeAll(async () => {
  testVault();
  // As INDIGO does: of two refreshes at once only the second is refused.
  oidc = await startOidc({ reuse: "is-refused" });
  configure({ providers: [providerOf(oidc)] });
});
beforeEach(() => oidc.reset());
afterAll(() => oidc.stop());

const { signal } = new AbortController();
const MINUTE = 60_000;
let now: Millis = Date.now();
/** Our clock and the provider's go on together. */
const later = (ms: number) => {
  now += ms;
  oidc.forward(ms / 1000);
};

/** A user who has signed in at the provider as `name`. */
async function someone(name = "alice"): Promise<{ userId: string }> {
  const [person] = (await makeUniverse()).people;
  const userId = person?.id ?? "";
  await signIn(userId, name);
  return { userId };
}
const signIn = async (userId: string, name = "alice") =>
  keepSecret({ userId, provider: "sky", ...(await signedIn(oidc, name, now)) }, { who: name, now });
const ask = (userId: string, more: Partial<ActFor> = {}): Promise<Acting> =>
  actFor({ userId, provider: providerOf(oidc), to: "start", clock: () => now, signal, ...more });
const troubleOf = async (work: Promise<unknown>): Promise<CredentialTrouble> => {
  const error = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CredentialTrouble)) throw error;
  return error;
};
const tokenOf = (acting: Acting) => ("token" in acting ? acting.token : "");
const isGood = async (acting: Acting) =>
  (await fetch(`${oidc.url}/userinfo`, { headers: { authorization: `Bearer ${tokenOf(acting)}` } })).status === 200;

describe("what acts for a user", () => {
  test("is the access token of the sign-in while that is fresh; then it is refreshed, and what came is kept", async () => {
    const { userId } = await someone();
    const first = await ask(userId);
    expect(await ask(userId)).toEqual(first);
    expect(oidc.issued("alice").refreshes).toBe(0);
    later(50_000);
    const second = await ask(userId);
    expect(second).not.toEqual(first);
    expect(await isGood(second)).toBe(true);
    expect(oidc.issued("alice").refreshes).toBe(1);
    expect(await ask(userId)).toEqual(second);
    expect(oidc.issued("alice").refreshes).toBe(1);
  });

  test("goes on for a day of refreshes, each with the token that the one before gave", async () => {
    const { userId } = await someone();
    for (let turn = 1; turn <= 12; turn++) {
      later(2 * 60 * MINUTE);
      expect(await isGood(await ask(userId))).toBe(true);
      expect(oidc.issued("alice").refreshes).toBe(turn);
    }
  });

  test("is refreshed once, however many want it at once", async () => {
    const { userId } = await someone();
    later(2 * MINUTE);
    const all = await Promise.all(Array.from({ length: 16 }, () => ask(userId)));
    expect(new Set(all.map(tokenOf)).size).toBe(1);
    expect(oidc.issued("alice").refreshes).toBe(1);
    expect(await isGood(all[0] as Acting)).toBe(true);
  });

  test("is refreshed once by three processes that want it at once", async () => {
    const { userId } = await someone();
    await database().prisma.credential.updateMany({ where: { userId }, data: { freshUntil: new Date(0) } });
    const script = path.join(import.meta.dirname, "../testing/ask-for-token.ts");
    const workers = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const worker = fork(script, [userId, "sky", "4"], {
          execArgv: ["--conditions=react-server", "--import", "tsx"],
          stdio: ["ignore", "pipe", "inherit", "ipc"],
        });
        onTestFinished(() => void worker.kill("SIGKILL"));
        let said = "";
        worker.stdout?.on("data", (part) => {
          said += part;
        });
        await once(worker, "message");
        return { worker, closed: once(worker, "close").then(() => said.trim().split("\n")) };
      }),
    );
    for (const { worker } of workers) worker.send("go");
    const answers = (await Promise.all(workers.map(({ closed }) => closed))).flat();
    expect(answers).toHaveLength(12);
    expect(new Set(answers).size).toBe(1);
    expect(oidc.issued("alice").refreshes).toBe(1);
  }, 60_000);

  test("is refreshed when a platform refuses it, and only by the first who says so", async () => {
    const { userId } = await someone();
    const refused = await ask(userId);
    later(30_000);
    const [one, other] = await Promise.all([ask(userId, { refused }), ask(userId, { refused })]);
    expect(one).toEqual(other);
    expect(one).not.toEqual(refused);
    expect(await ask(userId, { refused })).toEqual(one);
    expect(oidc.issued("alice").refreshes).toBe(1);
  });

  test("that a platform refuses although it is new is not refreshed again and again: that is said", async () => {
    const { userId } = await someone();
    const refused = await ask(userId);
    const trouble = await troubleOf(ask(userId, { refused }));
    expect(trouble).toMatchObject({ kind: "refused", message: expect.stringContaining("although that is good") });
    expect(oidc.issued("alice").refreshes).toBe(0);
    // Others take it: nothing is over.
    expect(await ask(userId)).toEqual(refused);
    expect(await findCredential(userId, "sky")).toMatchObject({ deadSince: null });
  });

  test("cannot be opened while the vault's key is away: that is no fault of the user's, and passes", async () => {
    const { userId } = await someone();
    const before = await ask(userId);
    const key = process.env.MERIDIAN_VAULT_KEY;
    testVault();
    const trouble = await troubleOf(ask(userId));
    expect(trouble).toMatchObject({ kind: "provider unwell", message: expect.stringContaining("put a key back") });
    process.env.MERIDIAN_VAULT_KEY = key;
    expect(await ask(userId)).toEqual(before);
  });

  test("nothing that is kept, and no event, holds a token", async () => {
    const { userId } = await someone();
    const before = tokenOf(await ask(userId));
    later(2 * MINUTE);
    const after = tokenOf(await ask(userId));
    for (const table of ["credentials", "audit_events", "identities"]) {
      const { rows } = await database().pool.query(`SELECT t::text FROM ${table} t`);
      for (const token of [before, after]) {
        expect(JSON.stringify(rows)).not.toContain(token);
        expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString("hex"));
      }
    }
  });
});

describe("a sign-in that is over", () => {
  test("is known once the provider says invalid_grant, and is not tried again", async () => {
    const { userId } = await someone();
    oidc.refuseRefresh("alice");
    later(2 * MINUTE);
    expect(await troubleOf(ask(userId))).toMatchObject({
      kind: "sign-in needed",
      message: expect.stringMatching(/sign in/),
    });
    const asked = oidc.requests().length;
    expect(await troubleOf(ask(userId))).toMatchObject({ kind: "sign-in needed" });
    expect(oidc.requests().length).toBe(asked);
    expect(await findCredential(userId, "sky")).toMatchObject({ deadSince: now });
    await signIn(userId);
    expect(await isGood(await ask(userId))).toBe(true);
  });

  test("is told for somebody who never signed in", async () => {
    const [person] = (await makeUniverse()).people;
    expect(await troubleOf(ask(person?.id ?? ""))).toMatchObject({ kind: "sign-in needed" });
  });

  test("that was taken back starts nothing, and still ends what runs", async () => {
    const { userId } = await someone();
    await database().prisma.credential.updateMany({ where: { userId }, data: { withdrawnAt: new Date(now) } });
    expect(await troubleOf(ask(userId))).toMatchObject({ kind: "sign-in needed" });
    expect(await isGood(await ask(userId, { to: "end" }))).toBe(true);
  });

  test("a login token that is over is not shown; one that a platform refuses is over when its issuer says so", async () => {
    const skaha = await startSkaha({ jupyter: null });
    onTestFinished(() => skaha.stop());
    const provider = cadcAt(skaha.url);
    const [person] = (await makeUniverse()).people;
    const userId = person?.id ?? "";
    const kept = {
      userId,
      provider: "cadc",
      secret: { kind: "token", token: "alice-token" },
      freshUntil: null,
    } as const;
    await keepSecret({ ...kept, expiresAt: now + 60 * MINUTE }, { who: "x", now });
    const held = { token: "alice-token" };
    expect(await ask(userId, { provider })).toEqual(held);
    const late = ask(userId, { provider, clock: () => now + 60 * MINUTE });
    expect(await troubleOf(late)).toMatchObject({ kind: "sign-in needed" });
    expect(await troubleOf(ask(userId, { provider, refused: held }))).toMatchObject({ kind: "refused" });
    expect(await ask(userId, { provider })).toEqual(held);
    skaha.cadc({ outage: { kind: "503", path: "whoami", times: 1 } });
    expect(await troubleOf(ask(userId, { provider, refused: held }))).toMatchObject({ kind: "refused" });
    skaha.tokens({ user: "alice", token: "alice-token", revoke: true });
    expect(await troubleOf(ask(userId, { provider, refused: held }))).toMatchObject({ kind: "sign-in needed" });
    expect(await troubleOf(ask(userId, { provider }))).toMatchObject({ kind: "sign-in needed" });
  });
});

describe("a provider that", () => {
  test.each(["500", "503", "reset"] as const)(
    "answers with trouble (%s) proves nothing, and is asked again soon",
    async (kind) => {
      const { userId } = await someone();
      await ask(userId);
      later(2 * MINUTE);
      oidc.outage({ kind, path: "token" });
      const trouble = await troubleOf(ask(userId));
      expect(trouble).toMatchObject({ kind: "provider unwell", message: expect.stringContaining("Sky IAM") });
      const asked = oidc.requests().length;
      expect(await troubleOf(ask(userId))).toMatchObject({ kind: "provider unwell" });
      expect(oidc.requests().length).toBe(asked); // left alone for a moment
      oidc.outage(null);
      later(trouble.afterMs ?? 0);
      expect(await isGood(await ask(userId))).toBe(true);
    },
  );

  test("takes the token and breaks before it answers: the sign-in is over, and that is said", async () => {
    const { userId } = await someone();
    later(2 * MINUTE);
    oidc.outage({ kind: "reset-after", path: "token", times: 1 });
    expect(await troubleOf(ask(userId))).toMatchObject({ kind: "provider unwell" });
    later(10_000);
    expect(await troubleOf(ask(userId))).toMatchObject({ kind: "sign-in needed" });
  });

  test("holds a refresh that dies with its process is asked by somebody else once the lease is over", async () => {
    const { userId } = await someone();
    later(2 * MINUTE);
    const credential = await findCredential(userId, "sky");
    if (!credential) throw new Error("nothing is held");
    const dead = "00000000-0000-4000-8000-000000000000";
    expect(await takeLease(credential, dead, 400)).toBe(true);
    expect(await takeLease(credential, "00000000-0000-4000-8000-000000000001", 400)).toBe(false);
    expect(await isGood(await ask(userId))).toBe(true); // waited for the lease
    expect(oidc.issued("alice").refreshes).toBe(1);
  });

  test("somebody who waits for the refresh of another gets what that brought", async () => {
    const { userId } = await someone();
    later(2 * MINUTE);
    const credential = await findCredential(userId, "sky");
    if (!credential) throw new Error("nothing is held");
    const other = "00000000-0000-4000-8000-000000000002";
    await takeLease(credential, other, 20_000);
    let isDone = false;
    const waiting = ask(userId).finally(() => {
      isDone = true;
    });
    await until("it has looked", () => oidc.requests().length >= 0, { withinMs: 1_000 });
    expect(isDone).toBe(false);
    await giveLeaseBack(credential.id, other, now);
    expect(await isGood(await waiting)).toBe(true);
  });
});

test("a sign-in while an old token is being refreshed wins, and what the refresh brought is revoked", async () => {
  const { userId } = await someone();
  later(2 * MINUTE);
  oidc.outage({ kind: "hang", path: "token", times: 1 });
  const hanging = ask(userId);
  await until("the provider is asked", () => oidc.requests().some(({ path }) => path === "/token"), {
    withinMs: 5_000,
  });
  oidc.outage(null);
  await signIn(userId);
  const fresh = await ask(userId);
  expect(await isGood(fresh)).toBe(true);
  await hanging.catch((error: unknown) => expect(error).toBeInstanceOf(CredentialTrouble));
  expect(await ask(userId)).toEqual(fresh);
}, 40_000);

test("a new sign-in takes the place of the old one, which is not revoked: some providers would end both", async () => {
  const { userId } = await someone();
  const old = await ask(userId);
  await signIn(userId);
  expect(await ask(userId)).not.toEqual(old);
  expect(oidc.revocations()).toEqual([]);
});

test("a sign-in that cannot be renewed does not take the place of one that can, unless that is over", async () => {
  const { userId } = await someone();
  const renewable = await ask(userId);
  const once = { accessToken: "once", refreshToken: null, expiresInSeconds: 600 };
  const signInOnce = () => keepSecret({ userId, provider: "sky", ...tokensOf(once, now) }, { who: "alice", now });
  await signInOnce();
  expect(await ask(userId)).toEqual(renewable);
  oidc.refuseRefresh("alice");
  later(2 * MINUTE);
  await troubleOf(ask(userId));
  await signInOnce();
  expect(await ask(userId)).toEqual({ token: "once" });
  expect(await findCredential(userId, "sky")).toMatchObject({ expiresAt: now + 600_000 });
});

test("an issuer that ends with a slash, or is written with one too many or too few, is the same one", async () => {
  const slashed = await startOidc({ trailingSlash: true });
  onTestFinished(() => slashed.stop());
  expect(slashed.issuer).toMatch(/\/$/);
  for (const issuer of [slashed.issuer, slashed.issuer.replace(/\/$/, ""), `${slashed.issuer}/`]) {
    const [person] = (await makeUniverse()).people;
    const userId = person?.id ?? "";
    const kept = { userId, provider: "sky", ...(await signedIn(slashed, "alice", now)), freshUntil: now };
    await keepSecret(kept, { who: "alice", now });
    const acting = await ask(userId, { provider: { ...providerOf(slashed), issuer, clientId: "meridian" } });
    const headers = { authorization: `Bearer ${tokenOf(acting)}` };
    expect((await fetch(`${slashed.url}/userinfo`, { headers })).status).toBe(200);
  }
});

test("whether it will last: what can be refreshed is, what cannot must live so long, an outage proves nothing", async () => {
  const { userId } = await someone();
  const asked = { userId, provider: providerOf(oidc), provenSince: now, clock: () => now, signal };
  expect(await willLast({ ...asked, until: now + 24 * 60 * MINUTE })).toEqual({ ok: true, certain: true });
  later(MINUTE);
  expect(await willLast({ ...asked, provenSince: now, until: now })).toEqual({ ok: true, certain: true });
  expect(oidc.issued("alice").refreshes).toBe(1);
  later(MINUTE);
  oidc.outage({ kind: "503", path: "token" });
  expect(await willLast({ ...asked, provenSince: now, until: now })).toEqual({ ok: true, certain: false });
  oidc.outage(null);
  oidc.refuseRefresh("alice");
  later(MINUTE);
  expect(await willLast({ ...asked, provenSince: now, until: now })).toEqual({ ok: false, endsAt: null });

  const secret = { kind: "token", token: "login" } as const;
  await keepSecret({ userId, provider: "sky", secret, freshUntil: null, expiresAt: now + MINUTE }, { who: "x", now });
  expect(await willLast({ ...asked, until: now + MINUTE })).toEqual({ ok: true, certain: true });
  expect(await willLast({ ...asked, until: now + MINUTE + 1 })).toEqual({ ok: false, endsAt: now + MINUTE });
});

test("after a new key was put in front everything is sealed with it, and still opens", async () => {
  const { userId } = await someone();
  const before = await ask(userId);
  const old = process.env.MERIDIAN_VAULT_KEY ?? "";
  testVault();
  const fresh = process.env.MERIDIAN_VAULT_KEY ?? "";
  process.env.MERIDIAN_VAULT_KEY = `${fresh},${old}`;
  expect((await reseal()).resealed).toBeGreaterThan(0);
  expect((await reseal()).resealed).toBe(0);
  process.env.MERIDIAN_VAULT_KEY = fresh;
  expect(await ask(userId)).toEqual(before);
});
