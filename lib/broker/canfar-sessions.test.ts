import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { isOver } from "#lib/booking/phase.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { database } from "#lib/db/client.ts";
import { findSession } from "#lib/db/sessions.ts";
import { createCanfarLauncher } from "#lib/launch/canfar/canfar-launcher.ts";
import { makeCircuit } from "#lib/launch/canfar/circuit.ts";
import type { Launcher } from "#lib/launch/launcher.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { at, book, cores } from "#lib/testing/book.ts";
import { ledgerDifferences, makeUniverse, slotIn, usedBy } from "#lib/testing/universe.ts";
import { until } from "#lib/until.ts";
import { cancelSession } from "./cancel-session.ts";
import { launchSession } from "./launch-session.ts";
import { openSession } from "./open-session.ts";
import { releaseSession } from "./release-session.ts";
import { watchSession } from "./watch-session.ts";

const IMAGE = "images.canfar.net/skaha/base-notebook:latest";
const START = slotIn(1);
const signal = AbortSignal.timeout(600_000);
const when = (now: number) => ({ now, clock: () => now, signal });

let skaha: Skaha;
let platform: Launcher;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
  platform = createCanfarLauncher({
    base: new URL(`${skaha.url}/skaha/`),
    actFor: async () => ({ token: "alice-token" }),
    people: async () => ["alice"],
    pauseMs: 5,
    uncertainMs: 200,
    endingEveryMs: 20,
    doubtMs: 100,
    eventsEveryMs: 20,
    circuit: makeCircuit({ failures: 1000 }),
  });
  provideLauncher(platform);
});
beforeEach(() => skaha.reset());
afterAll(() => skaha.stop());

/** A universe on the simulated platform with so many bookings of one core in the next slot. */
async function bookings(count: number, image = IMAGE) {
  const size = { cores: 64, memoryGiB: 64, gpus: 0 };
  const universe = await makeUniverse({ kind: "canfar", limit: size, openBookings: 50 });
  const wanted = { executable: { type: "notebook", image } as const, resources: cores(1), start: at(1) };
  const ids: string[] = [];
  let user = universe.people[0];
  for (let index = 0; index < count; index++) {
    const booked = await book(universe, wanted);
    ids.push(booked.sessionId);
    user = booked.user;
  }
  if (!user) throw new Error("there is nobody");
  return { universe, user, ids, first: ids[0] ?? "" };
}

const phaseOf = async (id: string) => (await findSession(id))?.phase;
const isPreparing = async (id: string) => (await phaseOf(id)) === "PREPARING";
const active = () => skaha.sessions().filter(({ status }) => status === "Pending" || status === "Running");

/** Plays the worker: looks until the session's link answers, or the session is over. */
const watched = (sessionId: string, now: number) =>
  until(
    "the link answers",
    async () => {
      await watchSession({ sessionId, clock: () => now, signal });
      const session = await findSession(sessionId);
      return session?.connector === "AVAILABLE" || (session && isOver(session.phase));
    },
    { withinMs: 20_000 },
  );

test("a session on CANFAR from its slot's start to its end; nothing that lets anybody in is stored", async () => {
  const { universe, user, first } = await bookings(1);
  await launchSession({ sessionId: first, ...when(START) });
  await watched(first, START);
  const opened = await openSession({ sessionId: first, user, now: START + 1, signal });
  if (!opened.ok) throw new Error(opened.error.sentence);
  expect((await fetch(opened.value)).status).toBe(200);
  expect(await phaseOf(first)).toBe("RUNNING");
  const [session] = active();
  if (!session) throw new Error("nothing runs");
  const stored = await database().pool.query(
    `SELECT row_to_json(s)::text AS said FROM sessions s WHERE id = $1 UNION ALL
     SELECT row_to_json(c)::text FROM connectors c WHERE session_id = $1 UNION ALL
     SELECT row_to_json(a)::text FROM launch_attempts a WHERE session_id = $1 UNION ALL
     SELECT row_to_json(e)::text FROM audit_events e WHERE subject_id = $1 UNION ALL
     SELECT row_to_json(j)::text FROM graphile_worker._private_jobs j WHERE payload::text LIKE '%' || $1 || '%'`,
    [first],
  );
  expect(stored.rows.length).toBeGreaterThan(5);
  const all = stored.rows.map(({ said }) => said).join("\n");
  expect(all).toContain(session.name);
  expect(all).not.toContain(session.id);
  expect(all).not.toContain("alice-token");

  await releaseSession({ sessionId: first, ...when(slotIn(2)) });
  expect(await findSession(first)).toMatchObject({ phase: "COMPLETED", releasedAt: slotIn(2) });
  expect(active()).toEqual([]);
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
});

test("a worker that dies between the creation and its note: the next one adopts it, or ends it when it was cancelled", async () => {
  const { universe, user, ids } = await bookings(2);
  const [adopted = "", cancelled = ""] = ids;
  for (const id of ids) {
    const session = await findSession(id);
    if (!session) throw new Error("no session");
    const { name: key, executable, resources, endsAt } = session;
    await platform.launch({ key, user, executable, resources, endsAt }, signal);
  }
  expect(active()).toHaveLength(2);
  await launchSession({ sessionId: adopted, ...when(START) });
  await watched(adopted, START);
  expect(await phaseOf(adopted)).toBe("AVAILABLE");
  expect(active()).toHaveLength(2);

  await launchSession({ sessionId: cancelled, ...when(START) });
  await database().pool.query("UPDATE sessions SET handle = NULL WHERE id = $1", [cancelled]);
  await cancelSession({ sessionId: cancelled, user, now: START + 1 });
  await releaseSession({ sessionId: cancelled, ...when(START + 2) });
  await releaseSession({ sessionId: adopted, ...when(slotIn(2)) });
  expect(active()).toEqual([]);
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
});

test("a platform that is down for two minutes at the slot's start: the session starts late", async () => {
  const { first } = await bookings(1);
  skaha.scenario({ outage: "500" });
  for (const seconds of [0, 30, 60, 90]) {
    await launchSession({ sessionId: first, ...when(START + seconds * 1000) });
    expect(await isPreparing(first)).toBe(true);
  }
  skaha.scenario({ clear: true });
  await launchSession({ sessionId: first, ...when(START + 120_000) });
  await watched(first, START + 121_000);
  expect(await phaseOf(first)).toBe("AVAILABLE");
  await releaseSession({ sessionId: first, ...when(slotIn(2)) });
  expect(active()).toEqual([]);
});

test.each(["reset", "reset-after", "500", "503", "html", "half"] as const)(
  "a creation that is answered by trouble (%s): one session comes of it, its owner is told, and nothing is left",
  async (outage) => {
    const { universe, first } = await bookings(1);
    skaha.scenario({ outage, method: "POST", times: 1 });
    await launchSession({ sessionId: first, ...when(START) });
    if (await isPreparing(first)) await launchSession({ sessionId: first, ...when(START + 60_000) });
    await watched(first, START + 61_000);
    expect(await phaseOf(first)).toBe("AVAILABLE");
    expect(active()).toHaveLength(1);
    skaha.scenario({ outage, method: "GET", times: 2 });
    await watchSession({ sessionId: first, ...when(START + 90_000) });
    await watched(first, START + 120_000);
    expect(await phaseOf(first)).toBe("AVAILABLE");
    const told = (await sessionHistory(first)).filter(({ event }) => event === "RETRIED").map(({ why }) => why);
    for (const why of told) expect(why).toContain("CANFAR does not answer as it should");
    await releaseSession({ sessionId: first, ...when(slotIn(2)) });
    expect(await findSession(first)).toMatchObject({ phase: "COMPLETED", releasedAt: slotIn(2) });
    expect(active()).toEqual([]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  },
);

test("a notebook that its owner shuts down ends its session early, as completed, and the rest of its slot is free", async () => {
  const { universe, user, first } = await bookings(1);
  await launchSession({ sessionId: first, ...when(START) });
  await watched(first, START);
  const opened = await openSession({ sessionId: first, user, now: START + 1, signal });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const shutdown = new URL(opened.value.href.replace(/\/lab.*$/, "/api/shutdown"));
  shutdown.search = opened.value.search;
  expect((await fetch(shutdown, { method: "POST" })).ok).toBe(true);
  await until(
    "it is seen to be over",
    async () => {
      await watchSession({ sessionId: first, ...when(START + 60_000) });
      return (await phaseOf(first)) === "RELEASING";
    },
    { withinMs: 20_000 },
  );
  await releaseSession({ sessionId: first, ...when(START + 61_000) });
  expect(await findSession(first)).toMatchObject({
    phase: "COMPLETED",
    reason: "It was shut down from inside; what was left of its time is free for others.",
  });
  expect(active()).toEqual([]);
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
});

test("a session for which the platform has no room until its launch time is over fails with that reason", async () => {
  const { universe, first } = await bookings(1, "images.canfar.net/skaha/unschedulable:latest");
  await launchSession({ sessionId: first, ...when(START) });
  await until(
    "it is known to wait for room",
    async () => {
      await watchSession({ sessionId: first, ...when(START + 30_000) });
      return (await findSession(first))?.note?.includes("no room");
    },
    { withinMs: 20_000 },
  );
  await watchSession({ sessionId: first, ...when(START + 181_000) });
  expect(await findSession(first)).toMatchObject({
    phase: "FAILED",
    reason: "The notebook did not answer within 180 s. CANFAR has no room for it yet; it keeps trying.",
  });
  await releaseSession({ sessionId: first, ...when(START + 182_000) });
  expect(active()).toEqual([]);
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
});

test("a platform that goes down while a session starts is waited for, longer than a launch may take", async () => {
  const { first } = await bookings(1);
  await launchSession({ sessionId: first, ...when(START) });
  skaha.scenario({ outage: "500" });
  await watchSession({ sessionId: first, ...when(START + 10 * 60_000) });
  await watchSession({ sessionId: first, ...when(START + 10.5 * 60_000) });
  expect(await isPreparing(first)).toBe(true);
  const told = (await sessionHistory(first)).filter(({ event }) => event === "RETRIED");
  expect(told.map(({ why }) => why)).toEqual([expect.stringContaining("CANFAR does not answer as it should")]);
  skaha.scenario({ clear: true });
  await watched(first, START + 11 * 60_000);
  expect(await findSession(first)).toMatchObject({ phase: "AVAILABLE" });
  await releaseSession({ sessionId: first, ...when(slotIn(2)) });
  expect(active()).toEqual([]);
});

test("twenty sessions of one user at one boundary, who may have three: three run, the next when one ends, the rest are told", async () => {
  const { universe, user, ids } = await bookings(20);
  skaha.limit({ limit: 3 });
  const launchAll = async (now: number) => {
    // All in the same moment, as several workers would.
    const open = await Promise.all(ids.map(async (id) => !isOver((await phaseOf(id)) ?? "FAILED")));
    const wanted = ids.filter((_, index) => open[index]);
    await Promise.all(wanted.map((id) => launchSession({ sessionId: id, ...when(now) })));
  };
  await launchAll(START);
  expect(active()).toHaveLength(3);
  const launched = async () => {
    const sessions = await Promise.all(ids.map(findSession));
    return sessions.flatMap((one) => (one && one.handle !== null && !isOver(one.phase) ? [one.id] : []));
  };
  const [ended = "", ...others] = await launched();
  expect(others).toHaveLength(2);
  await cancelSession({ sessionId: ended, user, now: START + 60_000 });
  await releaseSession({ sessionId: ended, ...when(START + 60_000) });
  await launchAll(START + 61_000);
  expect(active()).toHaveLength(3);
  for (const id of await launched()) await watched(id, START + 62_000);

  for (const id of ids) await releaseSession({ sessionId: id, ...when(slotIn(2)) });
  const sessions = await Promise.all(ids.map(findSession));
  const told = sessions.filter((one) => one?.phase === "FAILED").map((one) => one?.reason);
  expect(told).toHaveLength(16);
  for (const why of told) {
    expect(why).toContain("as many sessions on CANFAR as it allows (3)");
    expect(why).toMatch(/It has (“m-[0-9a-z]{12}”(, )?){3}\.$/);
  }
  expect(sessions.every((one) => one?.releasedAt)).toBe(true);
  expect(active()).toEqual([]);
  expect(await usedBy(universe, "platform")).toEqual({ "14:00": 19 });
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
}, 60_000);
