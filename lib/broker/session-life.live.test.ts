import { readdirSync, readFileSync } from "node:fs";
import { appendFile, chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isOver } from "#lib/booking/phase.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { database } from "#lib/db/client.ts";
import { liveOfferSetsOf } from "#lib/db/offer-sets.ts";
import { findSession } from "#lib/db/sessions.ts";
import { stopAllLocal } from "#lib/launch/local/stop-all-local.ts";
import { jupyterForTests } from "#lib/launch/local/test-machine.ts";
import { runInKernel } from "#lib/staging/run-in-kernel.ts";
import {
  aRequest,
  ledgerDifferences,
  makeUniverse,
  NOW,
  slotIn,
  type Universe,
  usedBy,
} from "#lib/testing/universe.ts";
import { until } from "#lib/until.ts";
import { acceptOffer } from "./accept-offer.ts";
import { cancelSession } from "./cancel-session.ts";
import { launchSession } from "./launch-session.ts";
import { launcherOf } from "./launcher-of.ts";
import { openSession } from "./open-session.ts";
import { releaseOrphans } from "./release-orphans.ts";
import { releaseSession } from "./release-session.ts";
import { requestOffers } from "./request-offers.ts";
import { warnSession } from "./warn-session.ts";
import { watchSession } from "./watch-session.ts";

/** The steps against a real Jupyter on this machine, at times of the test's choosing. */
const { signal } = new AbortController();
const here = { id: "local", kind: "local", settings: {}, provider: null };
const local = () => launcherOf(here);
const MINUTE = 60_000;
let data = "";
let jupyter = "";

beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), "meridian-life-"));
  jupyter = await jupyterForTests();
}, 600_000);

beforeEach(() => {
  process.env.MERIDIAN_DATA = data;
  process.env.MERIDIAN_JUPYTER = jupyter;
});

afterAll(async () => {
  await stopAllLocal({ data, pause: false });
  await rm(data, { recursive: true, force: true });
});

async function bookNow(universe: Universe) {
  const user = universe.people[0];
  if (!user) throw new Error("nobody here");
  const { platform, projectId } = universe;
  const request = aRequest({ start: { kind: "now" }, resources: { cores: 1, memoryGiB: 2, gpus: 0 } });
  await requestOffers({ request, platform, projectId, user, now: NOW });
  const offer = (await liveOfferSetsOf(user.id, platform.id, NOW))[0]?.offers[0];
  if (!offer) throw new Error("no offer");
  expect(await acceptOffer({ offerId: offer.id, user, now: NOW })).toMatchObject({ ok: true });
  return { user, sessionId: offer.id };
}

const at = (now: number) => ({ now, clock: () => now, signal });
const phaseOf = async (id: string) => (await findSession(id))?.phase;

/** The process of a session's server. */
function serverOf(session: string): number {
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      const environment = readFileSync(`/proc/${name}/environ`, "utf8");
      if (environment.includes(`MERIDIAN_SESSION=${session}`) && environment.includes(data)) return Number(name);
    } catch {
      // ended while we looked
    }
  }
  throw new Error(`no process of ${session}`);
}

/** Plays the worker: looks until the link answers or the session is over. */
async function watch(sessionId: string, now = NOW): Promise<void> {
  for (;;) {
    const started = performance.now();
    await watchSession({ sessionId, clock: () => now + (performance.now() - started), signal });
    const session = await findSession(sessionId);
    if (session?.connector === "AVAILABLE" || !session || isOver(session.phase)) return;
  }
}

async function launched(universe: Universe) {
  const booked = await bookNow(universe);
  await launchSession({ sessionId: booked.sessionId, ...at(NOW) });
  await watch(booked.sessionId);
  return booked;
}

describe("a booked session", () => {
  test("is launched, answers, is opened, warned of its end, and is gone after it", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await launched(universe);
    expect(await findSession(sessionId)).toMatchObject({ phase: "AVAILABLE", connector: "AVAILABLE" });

    const opened = await openSession({ sessionId, user, now: NOW + 1, signal });
    if (!opened.ok) throw new Error(opened.error.sentence);
    expect(await phaseOf(sessionId)).toBe("RUNNING");
    const token = opened.value.searchParams.get("token");
    const answer = await fetch(new URL("/api/status", opened.value), { headers: { authorization: `token ${token}` } });
    expect(answer.status).toBe(200);

    for (const _ of [1, 2]) await warnSession({ sessionId, minutes: 10, now: slotIn(2) - 10 * MINUTE });
    await releaseSession({ sessionId, ...at(slotIn(2) - 1) });
    expect(await phaseOf(sessionId)).toBe("RUNNING");
    await releaseSession({ sessionId, ...at(slotIn(2)) });
    expect(await findSession(sessionId)).toMatchObject({
      phase: "COMPLETED",
      connector: "FINISHED",
      releasedAt: slotIn(2),
    });
    await expect(fetch(opened.value)).rejects.toThrow();

    const history = await sessionHistory(sessionId);
    expect(history.map((event) => event.phase ?? event.event)).toEqual([
      "OFFERED",
      "ACCEPTED",
      "PREPARING",
      "AVAILABLE",
      "RUNNING",
      "WARNED",
      "RELEASING",
      "COMPLETED",
    ]);
    expect(JSON.stringify(await database().prisma.session.findUnique({ where: { id: sessionId } }))).not.toContain(
      token,
    );
  });

  test("that is cancelled while it runs is removed, and its capacity is back at once", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await launched(universe);
    await cancelSession({ sessionId, user, now: NOW + MINUTE });
    expect(await usedBy(universe, "platform")).toEqual({});
    await releaseSession({ sessionId, ...at(NOW + MINUTE) });
    expect(await findSession(sessionId)).toMatchObject({ phase: "CANCELLED", connector: "FINISHED" });
    expect(await local().list(signal)).toEqual([]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("is launched once, although the worker died right after launching and the task is run again", async () => {
    const universe = await makeUniverse();
    const { sessionId } = await bookNow(universe);
    await launchSession({ sessionId, ...at(NOW) });
    await database().pool.query("UPDATE sessions SET handle = NULL WHERE id = $1", [sessionId]);
    await launchSession({ sessionId, ...at(NOW) });
    await watch(sessionId);
    expect(await phaseOf(sessionId)).toBe("AVAILABLE");
    expect(await local().list(signal)).toHaveLength(1);
    const history = await sessionHistory(sessionId);
    await launchSession({ sessionId, ...at(NOW + MINUTE) });
    await watchSession({ sessionId, clock: () => NOW + MINUTE, signal });
    expect(await sessionHistory(sessionId)).toEqual(history);
    expect((await findSession(sessionId))?.connector).toBe("AVAILABLE");
    await releaseSession({ sessionId, ...at(slotIn(2)) });
  });

  test("whose worker died before noting it is found by its name when it is cancelled", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await bookNow(universe);
    await launchSession({ sessionId, ...at(NOW) });
    await database().pool.query("UPDATE sessions SET handle = NULL WHERE id = $1", [sessionId]);
    await cancelSession({ sessionId, user, now: NOW });
    await releaseSession({ sessionId, ...at(NOW) });
    expect(await local().list(signal)).toEqual([]);
  });

  test("that another person asks for is not found, and one that does not answer yet is not opened", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { user, sessionId } = await bookNow(universe);
    const stranger = universe.people[1] ?? user;
    expect(await openSession({ sessionId, user: stranger, now: NOW, signal })).toMatchObject({
      error: { code: "NOT_FOUND" },
    });
    expect(await openSession({ sessionId, user, now: NOW, signal })).toMatchObject({ error: { code: "NOT_YET" } });
  });

  test("is started again in its slot after Meridian was stopped and is back", async () => {
    const universe = await makeUniverse();
    const { sessionId } = await launched(universe);
    await stopAllLocal({ data, pause: true });
    await watchSession({ sessionId, clock: () => NOW + MINUTE, signal });
    expect(await findSession(sessionId)).toMatchObject({ phase: "AVAILABLE", connector: "PREPARING" });
    await launchSession({ sessionId, ...at(NOW + MINUTE) });
    await watch(sessionId, NOW + MINUTE);
    expect(await findSession(sessionId)).toMatchObject({ phase: "AVAILABLE", connector: "AVAILABLE" });
    await releaseSession({ sessionId, ...at(slotIn(2)) });
    expect(await phaseOf(sessionId)).toBe("COMPLETED");
  });

  test("whose release was cut off before it was noted is completed by the next try", async () => {
    const universe = await makeUniverse();
    const { sessionId } = await launched(universe);
    await database().pool.query(
      `CREATE OR REPLACE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'cut off'; END $$;
       CREATE TRIGGER fail_once BEFORE UPDATE ON sessions FOR EACH ROW WHEN (NEW.phase = 'COMPLETED') EXECUTE FUNCTION fail_once()`,
    );
    await expect(releaseSession({ sessionId, ...at(slotIn(2)) })).rejects.toThrow("cut off");
    await database().pool.query("DROP TRIGGER fail_once ON sessions");
    expect(await findSession(sessionId)).toMatchObject({ phase: "RELEASING", releasedAt: null });
    await releaseSession({ sessionId, ...at(slotIn(2)) });
    expect(await phaseOf(sessionId)).toBe("COMPLETED");
  });

  test("that its owner shuts down from inside ends early: no failure, and the rest of its time is free at once", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await launched(universe);
    const opened = await openSession({ sessionId, user, now: NOW + 1, signal });
    if (!opened.ok) throw new Error(opened.error.sentence);
    const authorization = `token ${opened.value.searchParams.get("token")}`;
    await fetch(new URL("/api/shutdown", opened.value), { method: "POST", headers: { authorization } });
    await until(
      "the session is being released",
      async () => {
        await watchSession({ sessionId, clock: () => NOW + 2, signal });
        return (await phaseOf(sessionId)) === "RELEASING";
      },
      { withinMs: 30_000 },
    );
    expect(await usedBy(universe, "platform")).toEqual({});
    await releaseSession({ sessionId, ...at(NOW + 3) });
    expect(await findSession(sessionId)).toMatchObject({
      phase: "COMPLETED",
      reason: "It was shut down from inside; what was left of its time is free for others.",
      releasedAt: NOW + 3,
    });
  });

  test("that was cancelled keeps the next launch waiting until it is really gone, for a minute at the most", async () => {
    const universe = await makeUniverse();
    const one = await launched(universe);
    const two = await bookNow(universe);
    await cancelSession({ sessionId: one.sessionId, user: one.user, now: NOW });
    await launchSession({ sessionId: two.sessionId, ...at(NOW) });
    expect(await phaseOf(two.sessionId)).toBe("ACCEPTED");
    await releaseSession({ sessionId: one.sessionId, ...at(NOW) });
    await launchSession({ sessionId: two.sessionId, ...at(NOW) });
    expect(await phaseOf(two.sessionId)).toBe("PREPARING");
    await releaseSession({ sessionId: two.sessionId, ...at(slotIn(2)) });
  });

  test("that was not launched before its time was over has failed and says so", async () => {
    const universe = await makeUniverse();
    const { sessionId } = await bookNow(universe);
    await launchSession({ sessionId, ...at(slotIn(3)) });
    expect(await findSession(sessionId)).toMatchObject({
      phase: "FAILED",
      reason: "Its time was over before it could be launched.",
    });
    await releaseSession({ sessionId, ...at(slotIn(3)) });
    expect((await findSession(sessionId))?.releasedAt).toBe(slotIn(3));
  });
});

describe("a session that nobody computes in", () => {
  const IDLE = 20;
  const lookAt = (sessionId: string, minutes: number) =>
    watchSession({ sessionId, clock: () => NOW + minutes * MINUTE, signal });
  const eventsOf = async (sessionId: string) =>
    (await sessionHistory(sessionId)).map(({ phase, event }) => phase ?? event);

  async function launchedWhereIdleIsReleased() {
    const universe = await makeUniverse();
    const { id } = universe.platform;
    await database().prisma.platform.update({ where: { id }, data: { idleMinutes: IDLE, idleGraceMinutes: 10 } });
    return { universe, ...(await launched(universe)) };
  }

  test("is warned, then released, and its slots are free for others", async () => {
    const { universe, user, sessionId } = await launchedWhereIdleIsReleased();
    await lookAt(sessionId, IDLE - 1);
    expect(await eventsOf(sessionId)).not.toContain("IDLE");
    await lookAt(sessionId, IDLE + 1);
    await lookAt(sessionId, IDLE + 2);
    expect((await eventsOf(sessionId)).filter((event) => event === "IDLE")).toHaveLength(1);
    expect(await usedBy(universe, "platform")).toEqual({ "13:00": 1, "14:00": 1 });
    await lookAt(sessionId, IDLE + 11);
    expect(await findSession(sessionId)).toMatchObject({
      phase: "RELEASING",
      reason: "Nothing was computed for 30 minutes.",
    });
    expect(await usedBy(universe, "platform")).toEqual({});
    await releaseSession({ sessionId, ...at(NOW + (IDLE + 11) * MINUTE) });
    expect(await phaseOf(sessionId)).toBe("COMPLETED");
    expect(await local().list(signal)).toEqual([]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
    expect(await openSession({ sessionId, user, now: NOW, signal })).toMatchObject({ error: { code: "ALREADY_OVER" } });
  });

  test("stays when somebody computes after the warning", async () => {
    const { user, sessionId } = await launchedWhereIdleIsReleased();
    await lookAt(sessionId, IDLE + 1);
    expect((await findSession(sessionId))?.idleSince).not.toBeNull();
    const opened = await openSession({ sessionId, user, now: NOW + (IDLE + 2) * MINUTE, signal });
    if (!opened.ok) throw new Error(opened.error.sentence);
    const computing = new AbortController();
    const work = runInKernel(opened.value, "import time; time.sleep(600)", computing.signal).catch(() => undefined);
    const session = await findSession(sessionId);
    const handle = session?.handle ?? {};
    await until("the kernel is busy", async () => (await local().use(handle, signal))?.inUse === true, {
      withinMs: 60_000,
    });
    await lookAt(sessionId, IDLE + 12);
    expect(await findSession(sessionId)).toMatchObject({ phase: "RUNNING", idleSince: null });
    computing.abort();
    await work;
    await releaseSession({ sessionId, ...at(slotIn(2)) });
  });

  test("stays where the platform has no such rule", async () => {
    const { sessionId } = await launched(await makeUniverse());
    await lookAt(sessionId, 90);
    expect(await phaseOf(sessionId)).toBe("AVAILABLE");
    expect(await eventsOf(sessionId)).not.toContain("IDLE");
    await releaseSession({ sessionId, ...at(slotIn(2)) });
  });
});

describe("when Jupyter gives trouble", () => {
  /** A command that passes for Jupyter until it has to serve. */
  async function brokenJupyter(serve: string): Promise<void> {
    const file = path.join(data, "broken-jupyter");
    await writeFile(file, `#!/bin/sh\ncase "$*" in *--version*) echo 4.0.0; exit 0;; esac\n${serve}\n`);
    await chmod(file, 0o755);
    process.env.MERIDIAN_JUPYTER = file;
  }

  test("one that cannot start fails the session with the last lines of its log; capacity returns; the next booking works", async () => {
    const universe = await makeUniverse();
    await brokenJupyter("echo 'cannot import name ipykernel' >&2; exit 1");
    const { sessionId } = await bookNow(universe);
    await launchSession({ sessionId, ...at(NOW) });
    await watch(sessionId);
    const failed = await findSession(sessionId);
    expect(failed).toMatchObject({ phase: "FAILED" });
    expect(failed?.lastLog).toContain("cannot import name ipykernel");
    expect(await usedBy(universe, "platform")).toEqual({});
    await releaseSession({ sessionId, ...at(NOW) });

    process.env.MERIDIAN_JUPYTER = jupyter;
    const next = await launched(universe);
    expect(await phaseOf(next.sessionId)).toBe("AVAILABLE");
    await releaseSession({ sessionId: next.sessionId, ...at(slotIn(2)) });
  });

  test("one that never answers fails the session when the platform's launch time is over", async () => {
    const universe = await makeUniverse();
    await brokenJupyter("echo 'thinking' >&2; exec sleep 600");
    const { sessionId } = await bookNow(universe);
    await launchSession({ sessionId, ...at(NOW) });
    await watchSession({ sessionId, clock: () => NOW + 181_000, signal });
    expect(await findSession(sessionId)).toMatchObject({
      phase: "FAILED",
      reason: "The notebook did not answer within 180 s.",
    });
    await releaseSession({ sessionId, ...at(NOW + 181_000) });
    expect(await local().list(signal)).toEqual([]);
  });

  test("one that was launched again and never answers fails too, measured from its own launch", async () => {
    const universe = await makeUniverse();
    const { sessionId } = await launched(universe);
    await stopAllLocal({ data, pause: true });
    await watchSession({ sessionId, clock: () => NOW + 5 * MINUTE, signal });
    await brokenJupyter("exec sleep 600");
    await launchSession({ sessionId, ...at(NOW + 5 * MINUTE) });
    await watchSession({ sessionId, clock: () => NOW + 8 * MINUTE - 1, signal: AbortSignal.timeout(400) }).catch(
      () => undefined,
    );
    expect(await phaseOf(sessionId)).toBe("AVAILABLE");
    await watchSession({ sessionId, clock: () => NOW + 8 * MINUTE, signal });
    expect(await findSession(sessionId)).toMatchObject({
      phase: "FAILED",
      reason: "The notebook did not answer within 180 s.",
    });
    await releaseSession({ sessionId, ...at(NOW + 8 * MINUTE) });
  });

  test("one that stops answering takes the link away until it answers again", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await launched(universe);
    const pid = serverOf((await findSession(sessionId))?.name ?? "");
    process.kill(pid, "SIGSTOP");
    expect(await openSession({ sessionId, user, now: NOW, signal })).toMatchObject({
      error: { code: "PLATFORM_UNAVAILABLE" },
    });
    await watchSession({ sessionId, clock: () => NOW + MINUTE, signal });
    expect(await findSession(sessionId)).toMatchObject({ phase: "AVAILABLE", connector: "PREPARING" });
    process.kill(pid, "SIGCONT");
    await watch(sessionId, NOW + MINUTE);
    expect(await findSession(sessionId)).toMatchObject({ phase: "AVAILABLE", connector: "AVAILABLE" });
    await releaseSession({ sessionId, ...at(slotIn(2)) });
  });

  test("one whose log holds bytes that no text may hold is released all the same", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await launched(universe);
    const name = (await findSession(sessionId))?.name ?? "";
    await appendFile(path.join(data, "sessions", name, "server.log"), Buffer.from([0x68, 0, 0xed, 0xa0, 0x80, 0x0a]));
    await cancelSession({ sessionId, user, now: NOW });
    await releaseSession({ sessionId, ...at(NOW) });
    expect(await local().list(signal)).toEqual([]);
    expect((await findSession(sessionId))?.lastLog).toContain("h\uFFFD");
  });

  test("one that is not there fails the session at once and says what to install", async () => {
    const universe = await makeUniverse();
    process.env.MERIDIAN_JUPYTER = path.join(data, "no-such-jupyter");
    const { sessionId } = await bookNow(universe);
    await launchSession({ sessionId, ...at(NOW) });
    expect(await findSession(sessionId)).toMatchObject({
      phase: "FAILED",
      reason: expect.stringContaining("MERIDIAN_JUPYTER"),
    });
  });

  test("one that dies in the middle of the slot fails the session, and what is left of the slot is free", async () => {
    const universe = await makeUniverse();
    const { sessionId } = await launched(universe);
    await stopAllLocal({ data, pause: false });
    await watchSession({ sessionId, clock: () => NOW + 5 * MINUTE, signal });
    const failed = await findSession(sessionId);
    expect(failed?.phase).toBe("FAILED");
    expect(failed?.lastLog).not.toBe("");
    expect(await usedBy(universe, "platform")).toEqual({});
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });
});

test("what runs without a session that wants it is removed, and what is wanted stays", async () => {
  const universe = await makeUniverse();
  const { sessionId } = await launched(universe);
  const wanted = await findSession(sessionId);
  const order = {
    key: "m-orphan",
    user: { id: "x", name: "nobody" },
    executable: { type: "notebook" as const, image: null },
  };
  await local().launch({ ...order, resources: { cores: 1, memoryGiB: 1, gpus: 0 }, endsAt: slotIn(2) }, signal);
  expect(await releaseOrphans({ platform: here, signal })).toEqual(["m-orphan"]);
  expect((await local().list(signal)).map((one) => one.key)).toEqual([wanted?.name]);
  await releaseSession({ sessionId, ...at(slotIn(2)) });
});
