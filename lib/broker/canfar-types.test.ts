import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import type { Executable } from "#lib/booking/executable.ts";
import { isOver } from "#lib/booking/phase.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { database } from "#lib/db/client.ts";
import { findSession } from "#lib/db/sessions.ts";
import { createCanfarLauncher } from "#lib/launch/canfar/canfar-launcher.ts";
import { makeCircuit } from "#lib/launch/canfar/circuit.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { at, book, cores } from "#lib/testing/book.ts";
import { ledgerDifferences, makeUniverse, slotIn, usedBy } from "#lib/testing/universe.ts";
import { until } from "#lib/until.ts";
import { launchSession } from "./launch-session.ts";
import { openSession } from "./open-session.ts";
import { readSession } from "./read-sessions.ts";
import { releaseSession } from "./release-session.ts";
import { watchSession } from "./watch-session.ts";

const START = slotIn(1);
const signal = AbortSignal.timeout(600_000);
const when = (now: number) => ({ now, clock: () => now, signal });
const image = "images.canfar.net/skaha/astroml:latest";

let skaha: Skaha;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
  provideLauncher(
    createCanfarLauncher({
      base: new URL(`${skaha.url}/skaha/`),
      actFor: async () => ({ token: "alice-token" }),
      people: async () => ["alice"],
      pauseMs: 5,
      uncertainMs: 200,
      endingEveryMs: 20,
      doubtMs: 100,
      circuit: makeCircuit({ failures: 1000 }),
    }),
  );
});
beforeEach(() => skaha.reset());
afterAll(() => skaha.stop());

/** A session of this executable for the two slots from START, launched at its start. */
async function launched(executable: Executable) {
  const universe = await makeUniverse({ kind: "canfar", limit: { cores: 64, memoryGiB: 64, gpus: 0 } });
  const wanted = { executable, resources: cores(1), start: at(1), durationSlots: 2 };
  const { user, sessionId } = await book(universe, wanted);
  await launchSession({ sessionId, ...when(START) });
  return { universe, user, sessionId };
}

const found = async (id: string) => {
  const session = await findSession(id);
  if (!session) throw new Error("no session");
  return session;
};
const connectorOf = async (id: string) => {
  const { rows } = await database().pool.query("SELECT kind, status, location FROM connectors WHERE session_id = $1", [
    id,
  ]);
  return rows[0];
};
/** Plays the worker until the session is where it should be. */
const watched = (sessionId: string, now: number, is: (session: Awaited<ReturnType<typeof found>>) => boolean) =>
  until(
    "the session is where it should be",
    async () => {
      await watchSession({ sessionId, ...when(now) });
      return is(await found(sessionId));
    },
    { withinMs: 20_000 },
  );

test("a program that runs is available with nothing to open; when it ends, the rest of its time is free and its log stays", async () => {
  const { universe, user, sessionId } = await launched({ type: "headless", image, command: "sleep", args: "1" });
  await watched(sessionId, START + 1_000, ({ phase }) => phase === "AVAILABLE");
  expect(await connectorOf(sessionId)).toEqual({ kind: "urn:headless", status: "AVAILABLE", location: null });
  expect(await openSession({ sessionId, user, now: START + 2_000, signal })).toMatchObject({
    ok: false,
    error: { code: "NOTHING_TO_OPEN", sentence: "It has no page to open; its log is below." },
  });
  expect((await found(sessionId)).phase).toBe("AVAILABLE");

  expect(await usedBy(universe, "platform")).toEqual({ "14:00": 1, "15:00": 1 });
  await watched(sessionId, START + 60_000, ({ phase }) => phase === "RELEASING");
  await releaseSession({ sessionId, ...when(START + 61_000) });
  expect(await found(sessionId)).toMatchObject({
    phase: "COMPLETED",
    reason: "It ran to its end; what was left of its time is free for others.",
  });
  expect(await usedBy(universe, "platform")).toEqual({});
  expect(skaha.sessions()).toEqual([]);
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
});

test("a program that is over before anybody looked has been available, and is completed with all that it wrote", async () => {
  const environment = { SEED: "7" };
  const { user, sessionId } = await launched({ type: "headless", image, command: "env", environment });
  await until("it has run to its end", async () => skaha.sessions().some(({ status }) => status === "Completed"), {
    withinMs: 20_000,
  });
  await watchSession({ sessionId, ...when(START + 5_000) });
  expect((await found(sessionId)).phase).toBe("RELEASING");
  await releaseSession({ sessionId, ...when(START + 6_000) });
  const phases = (await sessionHistory(sessionId)).flatMap(({ phase }) => phase ?? []);
  expect(phases.slice(-4)).toEqual(["PREPARING", "AVAILABLE", "RELEASING", "COMPLETED"]);
  expect((await readSession(sessionId, user, START + 7_000))?.log).toContain("SEED=7");
  expect((await found(sessionId)).executable).toEqual({ type: "headless", image, command: "env", environment });
});

test("a program that fails has failed", async () => {
  const { universe, sessionId } = await launched({ type: "headless", image, command: "false" });
  await watched(sessionId, START + 5_000, ({ phase }) => isOver(phase));
  expect(await found(sessionId)).toMatchObject({ phase: "FAILED", reason: "It failed on CANFAR." });
  await releaseSession({ sessionId, ...when(START + 6_000) });
  expect(skaha.sessions()).toEqual([]);
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
});

test.each([
  ["carta", "carta:latest", "urn:canfar-carta"],
  ["desktop", "desktop:latest", "urn:canfar-desktop"],
  ["contributed", "vscode:latest", "urn:canfar-contributed"],
  ["firefly", "firefly:2025.2", "urn:canfar-firefly"],
] as const)("a session of type %s is opened at its link like a notebook", async (type, name, kind) => {
  const { user, sessionId } = await launched({ type, image: `images.canfar.net/skaha/${name}` });
  await watched(sessionId, START + 1_000, ({ phase }) => phase === "AVAILABLE");
  expect(await connectorOf(sessionId)).toMatchObject({ kind, status: "AVAILABLE", location: `${skaha.url}/` });
  const opened = await openSession({ sessionId, user, now: START + 2_000, signal });
  if (!opened.ok) throw new Error(opened.error.sentence);
  expect((await fetch(opened.value)).status).toBe(200);
  expect((await found(sessionId)).phase).toBe("RUNNING");
  await releaseSession({ sessionId, ...when(slotIn(3)) });
  expect(await found(sessionId)).toMatchObject({ phase: "COMPLETED" });
});
