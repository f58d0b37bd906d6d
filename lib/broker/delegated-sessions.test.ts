import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Oidc, startOidc } from "#e2e/oidc/start-oidc.ts";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { isOver } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { keepSecret } from "#lib/credentials/keep-secret.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { database } from "#lib/db/client.ts";
import { findCredential } from "#lib/db/credentials.ts";
import { leftOvers } from "#lib/db/delegated.ts";
import { dueSessions } from "#lib/db/due.ts";
import { findSession } from "#lib/db/sessions.ts";
import { decide } from "#lib/scheduler/decide.ts";
import { ask, firstId } from "#lib/testing/book.ts";
import { configure, providerOf, signedIn, testVault } from "#lib/testing/delegation.ts";
import { ledgerDifferences, makeUniverse, type Universe } from "#lib/testing/universe.ts";
import { until } from "#lib/until.ts";
import { acceptOffer } from "./accept-offer.ts";
import { bookOccurrences } from "./book-occurrences.ts";
import { cancelSession } from "./cancel-session.ts";
import { extendSession } from "./extend-session.ts";
import { launchSession } from "./launch-session.ts";
import { launcherOf } from "./launcher-of.ts";
import { openSession } from "./open-session.ts";
import { proveCredentials } from "./prove-credentials.ts";
import { readCredentials } from "./read-credentials.ts";
import { releaseSession } from "./release-session.ts";
import { repeatSession } from "./repeat-session.ts";
import { KEPT_MS, tidyCredentials } from "./tidy-credentials.ts";
import { watchSession } from "./watch-session.ts";
import { welcome } from "./welcome.ts";
import { withdrawCredential } from "./withdraw-credential.ts";

const IMAGE = "images.canfar.net/skaha/base-notebook:latest";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const signal = AbortSignal.timeout(600_000);

let oidc: Oidc;
let skaha: Skaha;
beforeAll(async () => {
  testVault();
  oidc = await startOidc({ reuse: "is-refused" });
  skaha = await startSkaha({ jupyter: null, issuer: oidc.issuer });
  configure({ providers: [providerOf(oidc)] });
});
beforeEach(async () => {
  oidc.reset();
  await skaha.reset();
});
afterAll(() => Promise.all([skaha.stop(), oidc.stop()]));

interface Person {
  readonly universe: Universe;
  readonly user: { readonly id: string; readonly name: string };
}

/** Somebody on a platform where Meridian acts for them; alice at the provider and at the platform. */
async function person({ url = `${skaha.url}/skaha`, as }: { url?: string; as?: Person["user"] } = {}): Promise<Person> {
  const universe = await makeUniverse({
    kind: "canfar",
    provider: "sky",
    settings: { url },
    limit: { cores: 64, memoryGiB: 128, gpus: 0 },
    ...(as && { people: [as] }),
  });
  const [user] = universe.people;
  if (!user) throw new Error("there is nobody");
  const someone = { universe, user };
  everybody.push(someone);
  return someone;
}

/** Signs in as alice; with `stale` what came has to be refreshed before it is used. */
async function signIn({ user }: Person, { stale = false } = {}): Promise<void> {
  const tokens = await signedIn(oidc, "alice", Date.now());
  const freshUntil = stale ? Date.now() - 1 : tokens.freshUntil;
  await keepSecret({ userId: user.id, provider: "sky", ...tokens, freshUntil }, { who: user.name, now: Date.now() });
}

/** What is held must be refreshed before it is used again. */
const makeStale = ({ user }: Person) =>
  database().prisma.credential.updateMany({
    where: { userId: user.id },
    data: { freshUntil: new Date(Date.now() - 1), asksAgainAt: null },
  });

/** The access token ends, and the platform notices. */
async function ages({ user }: Person): Promise<void> {
  oidc.forward(120);
  skaha.clock({ forwardMs: 2_000 });
  const provenAt = new Date(Date.now() - 120_000);
  await database().prisma.credential.updateMany({ where: { userId: user.id }, data: { provenAt } });
}

/** A held offer that starts at once, for two hours. */
async function offer({ universe }: Person): Promise<string> {
  const wanted = { executable: { type: "notebook", image: IMAGE } as const, start: { kind: "now" } as const };
  return firstId((await ask(universe, { ...wanted, durationSlots: 2 }, 0, Date.now())).offers);
}

async function booking(someone: Person): Promise<string> {
  const offerId = await offer(someone);
  const accepted = await acceptOffer({ offerId, user: someone.user, now: Date.now() });
  if (!accepted.ok) throw new Error(accepted.error.refusals[0]?.sentence);
  return offerId;
}

const launch = (sessionId: string, now: Millis = Date.now()) =>
  launchSession({ sessionId, now, clock: () => now, signal });
const look = (sessionId: string, now: Millis = Date.now()) => watchSession({ sessionId, clock: () => now, signal });
const release = (sessionId: string, now: Millis) => releaseSession({ sessionId, now, clock: () => now, signal });
const session = async (id: string) => {
  const found = await findSession(id);
  if (!found) throw new Error("there is no such session");
  return found;
};
const there = () => skaha.sessions().filter(({ status }) => status === "Pending" || status === "Running");

/** Plays the worker until the link answers, or it is over. */
const runs = (id: string) =>
  until(
    "the link answers",
    async () => {
      if ((await session(id)).handle === null) await launch(id);
      await look(id);
      const { connector, phase } = await session(id);
      return connector === "AVAILABLE" || isOver(phase);
    },
    { withinMs: 30_000 },
  );

/** A session of somebody who is signed in, up to where its link answers. */
async function running(): Promise<Person & { id: string }> {
  const someone = await person();
  await signIn(someone);
  const id = await booking(someone);
  await launch(id);
  await runs(id);
  return { ...someone, id };
}

/** Everybody of the running test. */
const everybody: Person[] = [];

/** After each, however it went: what still runs can be ended, nothing is left at the platform, and nothing is counted wrong. */
afterEach(async () => {
  oidc.outage(null);
  skaha.scenario({ clear: true });
  skaha.users({ name: "alice", access: "granted" });
  for (const someone of everybody.splice(0)) {
    await signIn(someone);
    const { universe, user } = someone;
    const where = { platformId: universe.platform.id, acceptedAt: { not: null }, releasedAt: null };
    for (const { id } of await database().prisma.session.findMany({ where, select: { id: true } })) {
      await cancelSession({ sessionId: id, user, now: Date.now() });
      await release(id, Date.now());
      expect((await session(id)).releasedAt).not.toBeNull();
    }
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  }
  expect(there()).toEqual([]);
});

describe("booking where Meridian has to act for somebody", () => {
  test("needs a sign-in; the offer stays held meanwhile, and is booked after it", async () => {
    const someone = await person();
    const offerId = await offer(someone);
    const refused = await acceptOffer({ offerId, user: someone.user, now: Date.now() });
    expect(refused).toMatchObject({ ok: false, error: { refusals: [{ code: "SIGN_IN_NEEDED" }] } });
    if (!refused.ok) expect(refused.error.refusals[0]?.sentence).toContain("Sign in with Sky IAM first");
    expect((await session(offerId)).phase).toBe("OFFERED");
    await signIn(someone);
    expect(await acceptOffer({ offerId, user: someone.user, now: Date.now() })).toMatchObject({ ok: true });
    // Again is a yes again, whatever became of the sign-in.
    await withdrawCredential({ provider: "sky", user: someone.user, now: Date.now() });
    expect(await acceptOffer({ offerId, user: someone.user, now: Date.now() })).toMatchObject({ ok: true });
  });

  test("asks the provider whether what can be refreshed still is", async () => {
    const someone = await person();
    await signIn(someone);
    await database().prisma.credential.updateMany({ data: { provenAt: new Date(Date.now() - 3 * MINUTE) } });
    oidc.refuseRefresh("alice");
    const offerId = await offer(someone);
    const refused = await acceptOffer({ offerId, user: someone.user, now: Date.now() });
    expect(refused).toMatchObject({ ok: false, error: { refusals: [{ code: "SIGN_IN_NEEDED" }] } });
  });

  test("goes on while the provider does not answer: that proves nothing", async () => {
    const someone = await person();
    await signIn(someone, { stale: true });
    oidc.outage({ kind: "503" });
    const offerId = await offer(someone);
    expect(await acceptOffer({ offerId, user: someone.user, now: Date.now() })).toMatchObject({ ok: true });
  });

  test("with a login that ends before the session says when; so does extending beyond it", async () => {
    const someone = await person();
    const login = (expiresAt: Millis) =>
      keepSecret(
        {
          userId: someone.user.id,
          provider: "sky",
          secret: { kind: "token", token: "x" },
          freshUntil: null,
          expiresAt,
        },
        { who: "alice", now: Date.now() },
      );
    const offerId = await offer(someone);
    const { endsAt } = await session(offerId);
    await login(endsAt + 9 * MINUTE);
    const refused = await acceptOffer({ offerId, user: someone.user, now: Date.now() });
    const ends = new Date(endsAt + 9 * MINUTE).toISOString().slice(11, 16);
    expect(refused).toMatchObject({ ok: false, error: { refusals: [{ code: "SIGN_IN_NEEDED" }] } });
    if (!refused.ok) expect(refused.error.refusals[0]?.sentence).toContain(`${ends} UTC, before this session would`);
    await login(endsAt + 11 * MINUTE);
    expect(await acceptOffer({ offerId, user: someone.user, now: Date.now() })).toMatchObject({ ok: true });
    const longer = await extendSession({ sessionId: offerId, user: someone.user, slots: 1, now: Date.now() });
    expect(longer).toMatchObject({ ok: false, error: { refusal: { code: "SIGN_IN_NEEDED" } } });
  });
});

describe("at the slot's start", () => {
  test("the provider is down for two minutes: it starts late, and that is told once", async () => {
    const someone = await person();
    await signIn(someone);
    const id = await booking(someone);
    await makeStale(someone);
    oidc.outage({ kind: "503", path: "token" });
    const start = Date.now();
    for (const seconds of [0, 40, 80, 120]) {
      await launch(id, start + seconds * 1000);
      await makeStale(someone);
    }
    expect(await session(id)).toMatchObject({ phase: "PREPARING", handle: null });
    const told = (await sessionHistory(id)).filter(({ event }) => event === "RETRIED");
    expect(told.map(({ why }) => why)).toEqual([expect.stringContaining("Sky IAM does not answer as it should")]);
    expect(there()).toEqual([]);
    oidc.outage(null);
    await makeStale(someone);
    await runs(id);
    expect((await session(id)).phase).toBe("AVAILABLE");
    expect(there()).toHaveLength(1);
  });

  test("a sign-in that is over: it waits for its owner, and begins at once when they are back", async () => {
    const someone = await person();
    await signIn(someone);
    const id = await booking(someone);
    await makeStale(someone);
    oidc.refuseRefresh("alice");
    await launch(id);
    expect(await session(id)).toMatchObject({ phase: "PREPARING", handle: null, isCovered: false });
    const { missing } = await readCredentials({ userId: someone.user.id, now: Date.now() });
    expect(missing).toMatchObject([{ sessionId: id, provider: { title: "Sky IAM" } }]);
    const told = (await sessionHistory(id)).filter(({ event }) => event === "RETRIED");
    expect(told.map(({ why }) => why)).toEqual([expect.stringContaining("sign in")]);

    // Back, as somebody new to Meridian would be: by the way of the provider.
    const tokens = await signedIn(oidc, "alice", Date.now());
    const identity = { provider: "sky", subject: `alice-${id}`, name: "alice", displayName: "Alice" };
    const now = Date.now();
    expect(await welcome({ identity, ...tokens }, { signedInAs: someone.user.id, now })).toMatchObject({ ok: true });
    const { rows } = await database().pool.query<{ run_at: Date }>(
      "SELECT run_at FROM graphile_worker.jobs WHERE key = $1",
      [`launch:${id}`],
    );
    expect(rows[0]?.run_at.getTime()).toBe(now);
    await runs(id);
    expect(await session(id)).toMatchObject({ phase: "AVAILABLE", isCovered: true });
  });

  test("a sign-in that is over until the slot is: it fails with that reason, and nothing is left", async () => {
    const someone = await person();
    await signIn(someone);
    const id = await booking(someone);
    await makeStale(someone);
    oidc.refuseRefresh("alice");
    await launch(id);
    const asked = skaha.requests().length;
    await release(id, (await session(id)).endsAt);
    expect(await session(id)).toMatchObject({ phase: "FAILED", reason: expect.stringContaining("sign in") });
    // Nothing was ever asked of the platform, so there is nothing to remove.
    expect((await session(id)).releasedAt).not.toBeNull();
    expect(skaha.requests()).toHaveLength(asked);
    expect((await readCredentials({ userId: someone.user.id, now: Date.now() })).missing).toEqual([]);
    expect(await ledgerDifferences(someone.universe.platform.id)).toEqual([]);
  });

  test("an account that may not use the platform: it fails with what to do, and nothing has to be removed", async () => {
    const someone = await person();
    await signIn(someone);
    const id = await booking(someone);
    skaha.users({ name: "alice", access: "not-in-group" });
    await launch(id);
    expect(await session(id)).toMatchObject({ phase: "FAILED", reason: expect.stringContaining("support for access") });
    await release(id, Date.now());
    expect((await session(id)).releasedAt).not.toBeNull();
    expect((await leftOvers()).filter((one) => one.id === id)).toEqual([]);
  });

  test("an account that loses the platform while its session is prepared: it fails with what to do", async () => {
    const someone = await person();
    await signIn(someone);
    const id = await booking(someone);
    skaha.scenario({ delays: { pendingMs: 60_000 } });
    await launch(id);
    await look(id);
    expect((await session(id)).phase).toBe("PREPARING");
    skaha.users({ name: "alice", access: "not-in-group" });
    await look(id);
    expect(await session(id)).toMatchObject({ phase: "FAILED", reason: expect.stringContaining("support for access") });
  });
});

describe("while it runs", () => {
  test("the access token ends: it is refreshed, and the session goes on", async () => {
    const someone = await running();
    const { id } = someone;
    const before = oidc.issued("alice").refreshes;
    await ages(someone);
    await look(id);
    expect(await session(id)).toMatchObject({ phase: "AVAILABLE", connector: "AVAILABLE" });
    expect(oidc.issued("alice").refreshes).toBe(before + 1);
  });

  test("the sign-in dies: the session goes on, its owner is told, and it can be ended after they are back", async () => {
    const someone = await running();
    const { id, user, universe } = someone;
    oidc.refuseRefresh("alice");
    await ages(someone);
    await look(id);
    expect(await session(id)).toMatchObject({ phase: "AVAILABLE", isCovered: false });

    await cancelSession({ sessionId: id, user, now: Date.now() });
    const now = Date.now();
    await release(id, now);
    expect(await session(id)).toMatchObject({ phase: "CANCELLED", releasedAt: null });
    expect(there()).toHaveLength(1);
    const [left] = (await leftOvers()).filter((one) => one.id === id);
    expect(left).toMatchObject({ user: user.name, trouble: expect.stringContaining("sign in") });
    expect(left?.againAt).toBeGreaterThan(now);
    const due = async (at: Millis) =>
      (await dueSessions(at)).filter((one) => one.id === id).map((one) => decide(one, at));
    expect(await due(now)).toEqual([null]);
    expect(await due(left?.againAt ?? 0)).toEqual(["release"]);

    const tokens = await signedIn(oidc, "alice", Date.now());
    const identity = { provider: "sky", subject: `alice-${id}`, name: "alice", displayName: "Alice" };
    await welcome({ identity, ...tokens }, { signedInAs: user.id, now });
    expect(await due(now)).toEqual(["release"]);
    await release(id, now);
    expect((await session(id)).releasedAt).toBe(now);
    expect(there()).toEqual([]);
    expect((await leftOvers()).filter((one) => one.id === id)).toEqual([]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("the platform's clock is five minutes off: nothing changes", async () => {
    skaha.clock({ skewMs: -5 * MINUTE });
    const { id } = await running();
    skaha.clock({ skewMs: 5 * MINUTE });
    await look(id);
    expect((await session(id)).phase).toBe("AVAILABLE");
    await release(id, (await session(id)).endsAt);
    expect((await session(id)).phase).toBe("COMPLETED");
    expect(there()).toEqual([]);
  });

  test("the worker dies between the release and its confirmation: the next one confirms, and it is over once", async () => {
    const { id, universe } = await running();
    const { endsAt } = await session(id);
    // It was removed, and nobody noted that.
    const { platform, handle } = await session(id);
    await launcherOf(platform).release(handle ?? {}, signal);
    expect(there()).toEqual([]);
    expect((await session(id)).releasedAt).toBeNull();
    await release(id, endsAt + 1000);
    expect(await session(id)).toMatchObject({ phase: "COMPLETED", releasedAt: endsAt + 1000 });
    expect(there()).toEqual([]);
    expect((await sessionHistory(id)).filter(({ phase }) => phase === "COMPLETED")).toHaveLength(1);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });
});

test("the platform ends it and its answer does not come: it is asked again, told why, and over once", async () => {
  const { id, universe } = await running();
  const { endsAt } = await session(id);
  skaha.scenario({ method: "DELETE", outage: "reset-after" });
  await release(id, endsAt);
  expect(there()).toEqual([]);
  expect(await session(id)).toMatchObject({ releasedAt: null, releaseTrouble: expect.stringContaining("CANFAR") });
  skaha.scenario({ clear: true });
  await release(id, endsAt + MINUTE);
  expect(await session(id)).toMatchObject({ phase: "COMPLETED", releasedAt: endsAt + MINUTE });
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
});

test("a token that cannot be revoked as its provider is down is kept until it is told, and starts nothing meanwhile", async () => {
  const someone = await person();
  await signIn(someone);
  const { user } = someone;
  const end = Date.now() + KEPT_MS;
  oidc.outage({ kind: "503", path: "revoke" });
  await tidyCredentials({ now: end, userId: user.id });
  expect(await findCredential(user.id, "sky")).toMatchObject({ withdrawnAt: end });
  oidc.outage(null);
  await tidyCredentials({ now: end + MINUTE, userId: user.id });
  expect(await findCredential(user.id, "sky")).toBeNull();
  expect(oidc.revocations()).toEqual(["alice"]);
});

test("two deployments with one sign-in stay apart: each has its own session, trouble of one is none of the other", async () => {
  const src = await startSkaha({ jupyter: null, issuer: oidc.issuer });
  onTestFinished(() => src.stop());
  const someone = await person();
  await signIn(someone);
  const here = await booking(someone);
  const away = await person({ url: `${src.url}/skaha`, as: someone.user });
  const there2 = await booking(away);
  await launch(here);
  await launch(there2);
  await runs(here);
  await runs(there2);
  expect(skaha.sessions().map(({ name }) => name)).toEqual([(await session(here)).name]);
  expect(src.sessions().map(({ name }) => name)).toEqual([(await session(there2)).name]);
  src.scenario({ outage: "500" });
  await look(there2);
  await look(here);
  expect(await session(here)).toMatchObject({ phase: "AVAILABLE", connector: "AVAILABLE" });
  src.scenario({ clear: true });
  await release(there2, (await session(there2)).endsAt);
  expect(src.sessions().filter(({ status }) => status === "Running")).toEqual([]);
  expect(there()).toHaveLength(1);
});

test("what no one could end is gone all the same once the platform has long ended it by itself", async () => {
  const someone = await running();
  const { id, user } = someone;
  oidc.refuseRefresh("alice");
  await ages(someone);
  await look(id);
  await cancelSession({ sessionId: id, user, now: Date.now() });
  const days = (count: number) => Date.now() + count * 24 * HOUR;
  await release(id, days(4));
  expect((await session(id)).releasedAt).toBeNull();
  // Skaha ends it by itself after four days, whoever was asked.
  skaha.clock({ forwardMs: 5 * 24 * HOUR });
  const after = days(5.01);
  await release(id, after);
  expect((await session(id)).releasedAt).toBe(after);
});

test("the link is the slot's: after its end it is not given out, even while nobody has ended the session yet", async () => {
  const { id, user } = await running();
  const { endsAt } = await session(id);
  expect(await openSession({ sessionId: id, user, now: endsAt - 1, signal })).toMatchObject({ ok: true });
  expect(await openSession({ sessionId: id, user, now: endsAt, signal })).toMatchObject({
    ok: false,
    error: { code: "ALREADY_OVER" },
  });
});

test("a repetition whose owner has to sign in again is not tried again and again; its page says what to do", async () => {
  const someone = await person();
  await signIn(someone);
  const { universe, user } = someone;
  const now = Date.now();
  const from = Math.ceil(now / HOUR) * HOUR + HOUR;
  const wanted = {
    executable: { type: "notebook", image: IMAGE } as const,
    start: { kind: "window", from, until: from } as const,
  };
  const offerId = firstId((await ask(universe, wanted, 0, now)).offers);
  await acceptOffer({ offerId, user, now });
  await repeatSession({ sessionId: offerId, user, every: "day", until: null, now });
  await withdrawCredential({ provider: "sky", user, now });
  const sets = () => database().prisma.offerSet.count({ where: { platformId: universe.platform.id } });
  const before = await sets();
  const nextDay = now + 24 * HOUR;
  for (let sweep = 0; sweep < 5; sweep++) {
    await bookOccurrences({ now: nextDay + sweep * 5_000, platformId: universe.platform.id });
  }
  expect(await sets()).toBe(before);
  const series = await database().prisma.series.findFirst({ where: { platformId: universe.platform.id } });
  expect(series?.trouble).toContain("Sign in with Sky IAM first");
});

test("a platform whose sign-in is not configured any more cannot be booked, and that is said", async () => {
  const someone = await person();
  const offerId = await offer(someone);
  const config = process.env.MERIDIAN_CONFIG;
  delete process.env.MERIDIAN_CONFIG;
  onTestFinished(() => {
    process.env.MERIDIAN_CONFIG = config;
  });
  const refused = await acceptOffer({ offerId, user: someone.user, now: Date.now() });
  expect(refused).toMatchObject({ ok: false, error: { refusals: [{ code: "SIGN_IN_NEEDED" }] } });
});

describe("what was delegated", () => {
  test("is taken back while a session runs: nothing begins with it, what runs is ended with it, then it is revoked and gone", async () => {
    const someone = await running();
    const { id, user } = someone;
    const later = await booking(someone);
    const before = oidc.revocations().length;
    expect(await withdrawCredential({ provider: "sky", user, now: Date.now() })).toMatchObject({ ok: true });
    expect(await findCredential(user.id, "sky")).toMatchObject({ withdrawnAt: expect.any(Number) });
    expect(oidc.revocations()).toHaveLength(before);
    await launch(later);
    expect(await session(later)).toMatchObject({ phase: "PREPARING", handle: null, isCovered: false });
    await cancelSession({ sessionId: later, user, now: Date.now() });
    await release(later, Date.now());
    await look(id);
    // What it is needed for, its end, it is still good for.
    expect(await session(id)).toMatchObject({ phase: "AVAILABLE", isCovered: true });
    await release(id, (await session(id)).endsAt);
    expect(there()).toEqual([]);
    await tidyCredentials({ now: Date.now(), userId: user.id });
    expect(await findCredential(user.id, "sky")).toBeNull();
    expect(oidc.revocations()).toHaveLength(before + 1);
  });

  test("is kept while anything needs it, and for a day after; then it is revoked and gone", async () => {
    const someone = await running();
    const { id, user } = someone;
    const { endsAt } = await session(id);
    await tidyCredentials({ now: endsAt + 10 * KEPT_MS, userId: user.id });
    expect(await findCredential(user.id, "sky")).not.toBeNull();
    await release(id, endsAt);
    expect(await readCredentials({ userId: user.id, now: endsAt })).toMatchObject({
      credentials: [{ held: { deletedAt: endsAt + KEPT_MS, running: 0 } }],
    });
    await tidyCredentials({ now: endsAt + KEPT_MS - 1, userId: user.id });
    expect(await findCredential(user.id, "sky")).not.toBeNull();
    await tidyCredentials({ now: endsAt + KEPT_MS, userId: user.id });
    expect(await findCredential(user.id, "sky")).toBeNull();
    expect(oidc.revocations()).toEqual(["alice"]);
    const { rows } = await database().pool.query(
      "SELECT why FROM audit_events WHERE subject_kind = 'credential' AND before ->> 'userId' = $1 AND after IS NULL",
      [user.id],
    );
    expect(rows).toEqual([{ why: "Nothing needs it any more." }]);
  });

  test("is proven a quarter of an hour before the slot; what is not good any more is missed on every page", async () => {
    const someone = await person();
    await signIn(someone);
    const { universe, user } = someone;
    const from = Math.ceil(Date.now() / HOUR) * HOUR + HOUR;
    const wanted = {
      executable: { type: "notebook", image: IMAGE } as const,
      start: { kind: "window", from, until: from } as const,
    };
    const offerId = firstId((await ask(universe, wanted, 0, Date.now())).offers);
    expect(await acceptOffer({ offerId, user, now: Date.now() })).toMatchObject({ ok: true });
    const before = oidc.issued("alice").refreshes;
    const mine = async (now: Millis) => {
      await proveCredentials({ now, signal });
      return oidc.issued("alice").refreshes - before;
    };
    expect(await mine(from - 16 * MINUTE)).toBe(0);
    expect(await mine(from - 10 * MINUTE)).toBe(1);
    expect(await mine(from - 9 * MINUTE)).toBe(1);
    expect(await readCredentials({ userId: user.id, now: Date.now() })).toMatchObject({ missing: [] });
    oidc.refuseRefresh("alice");
    await database().prisma.credential.updateMany({ where: { userId: user.id }, data: { provenAt: new Date(0) } });
    await proveCredentials({ now: from - 8 * MINUTE, signal });
    expect(await readCredentials({ userId: user.id, now: Date.now() })).toMatchObject({
      missing: [{ sessionId: offerId, startsAt: from }],
    });
  });
});
