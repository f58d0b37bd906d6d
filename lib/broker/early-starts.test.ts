import { describe, expect, test } from "vitest";
import type { Millis } from "#lib/booking/slot.ts";
import { keepSecret } from "#lib/credentials/keep-secret.ts";
import { database } from "#lib/db/client.ts";
import { dueSessions } from "#lib/db/due.ts";
import { findSession } from "#lib/db/sessions.ts";
import { LaunchError, type Launcher } from "#lib/launch/launcher.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { decide } from "#lib/scheduler/decide.ts";
import { at, book, cores } from "#lib/testing/book.ts";
import { cadcAt, configure, testVault } from "#lib/testing/delegation.ts";
import {
  ledgerDifferences,
  makeUniverse,
  NOW,
  personOf,
  slotIn,
  type Universe,
  type Wanted,
} from "#lib/testing/universe.ts";
import { cancelSession } from "./cancel-session.ts";
import { extendSession } from "./extend-session.ts";
import { launchSession } from "./launch-session.ts";
import { learnLeads } from "./learn-leads.ts";
import { moveBooking } from "./move-booking.ts";
import { openSession } from "./open-session.ts";
import { releaseSession } from "./release-session.ts";
import { shortenSession } from "./shorten-session.ts";
import { watchSession } from "./watch-session.ts";

const signal = AbortSignal.timeout(600_000);
const SECOND = 1_000;
const MINUTE = 60_000;
/** The start of the slot that everything here is about, and a moment at which it may be started already. */
const START = slotIn(1);
const EARLY = START - MINUTE;
const IMAGE = "images.canfar.net/skaha/astroml:latest";
const executable = { type: "notebook", image: IMAGE } as const;

/** What the platform says to the next launches. */
let trouble: LaunchError | null = null;
/** Whether its sessions do not answer. */
let isSilent = false;
/** When each session was last in use, as the platform says. */
let lastUsed: Millis = 0;
provideLauncher({
  kind: "far away",
  pace: { preparingMs: 60_000, runningMs: 60_000 },
  launch: async ({ key }) => {
    if (trouble) throw trouble;
    return { state: "preparing", handle: { key } };
  },
  look: async (handle) =>
    isSilent ? { state: "preparing", handle } : { state: "available", handle, link: new URL("http://127.0.0.1/") },
  open: async () => new URL("http://127.0.0.1/?token=secret"),
  use: async () => ({ inUse: false, lastUsed }),
  release: async () => undefined,
  log: async () => "",
  find: async () => null,
} as Partial<Launcher> as Launcher);

testVault();
configure({ providers: [{ ...cadcAt("http://127.0.0.1:1"), name: "ivoa" }] });

/** A platform elsewhere, whose people have a login there that is good for days. */
async function far(more: Wanted = {}): Promise<Universe> {
  const universe = await makeUniverse({ kind: "far away", provider: "ivoa", people: 3, ...more });
  for (const { id: userId, name: who } of universe.people) {
    const held = { userId, provider: "ivoa", secret: { kind: "token", token: "login" } as const, freshUntil: null };
    await keepSecret({ ...held, expiresAt: slotIn(48) }, { who, now: NOW });
  }
  return universe;
}
const step = (sessionId: string, now: Millis) => ({ sessionId, now, clock: () => now, signal });
const launch = (sessionId: string, now: Millis) => launchSession(step(sessionId, now));
const phaseOf = async (sessionId: string) => (await findSession(sessionId))?.phase;
const leadOf = async (sessionId: string) => (await findSession(sessionId))?.prepareSeconds;
const setLead = (sessionId: string, seconds: number) =>
  database().pool.query("UPDATE sessions SET lead_seconds = $2 WHERE id = $1", [sessionId, seconds]);

/** A booking of so many cores in the slot that is to come, which may start five minutes early. */
async function booked(universe: Universe, size: number, person = 0) {
  const { sessionId, user } = await book(universe, { executable, resources: cores(size), start: at(1) }, person);
  await setLead(sessionId, 300);
  return { sessionId, user };
}

/** A session that runs in the slot before. */
async function running(universe: Universe, size: number, person = 1) {
  const wanted = { executable, resources: cores(size), start: { kind: "now" } as const };
  const { sessionId, user } = await book(universe, wanted, person);
  // Whoever begins now has the rest of the running slot, and the next one too.
  expect(await shortenSession({ sessionId, user, slots: 1, now: NOW })).toMatchObject({ ok: true });
  await launch(sessionId, NOW);
  await watchSession(step(sessionId, NOW + SECOND));
  expect(await phaseOf(sessionId)).toBe("AVAILABLE");
  return { sessionId, user };
}

/** When the launch of a session is looked at next; null when that is not scheduled. */
async function nextLaunch(sessionId: string): Promise<Millis | null> {
  const { rows } = await database().pool.query<{ run_at: Date }>(
    "SELECT run_at FROM graphile_worker.jobs WHERE key = $1",
    [`launch:${sessionId}`],
  );
  return rows[0]?.run_at.getTime() ?? null;
}

describe("how early", () => {
  /** Starts of an image in the past that took so many seconds, one a day. */
  async function past(universe: Universe, image: string | null, seconds: readonly number[], lastDaysAgo = 1) {
    for (const [index, took] of seconds.entries()) {
      const { sessionId } = await book(universe, { executable: { ...executable, image }, start: at(3) });
      const began = NOW - (lastDaysAgo + index) * 86_400_000;
      await database().pool.query(
        `WITH gone AS (SELECT end_sessions(ARRAY[$1::uuid], ARRAY['ACCEPTED'], 'CANCELLED', $2, 'a test', NULL, NULL))
         INSERT INTO launch_attempts (session_id, number, started_at, finished_at, outcome)
         SELECT $1, 1, $2, $2::timestamptz + make_interval(secs => $3), 'AVAILABLE' FROM gone`,
        [sessionId, new Date(began), took],
      );
    }
  }

  test("a booking is started as early as nine of ten starts of its image took, and the ledger stays true", async () => {
    const universe = await far();
    await past(universe, IMAGE, [60, 61, 62, 63, 64, 65, 66, 67, 90.2, 500]);
    await past(universe, "another", [5, 5, 5]);
    const { sessionId } = await book(universe, { executable, start: at(1) });
    await learnLeads({ now: START - 11 * MINUTE - SECOND });
    expect(await leadOf(sessionId)).toBe(0);
    await learnLeads({ now: START - 11 * MINUTE });
    expect(await leadOf(sessionId)).toBe(91);
    await launch(sessionId, START - 92 * SECOND);
    expect(await phaseOf(sessionId)).toBe("ACCEPTED");
    await launch(sessionId, START - 91 * SECOND);
    expect(await phaseOf(sessionId)).toBe("PREPARING");
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("two starts, and those of more than thirty days ago, say nothing: the platform's own lead counts", async () => {
    const universe = await far();
    await database().pool.query("UPDATE platforms SET prepare_seconds = 33 WHERE id = $1", [universe.platform.id]);
    await past(universe, IMAGE, [200, 200]);
    await past(universe, IMAGE, [200, 200], 31);
    const { sessionId } = await book(universe, { executable, start: at(1) });
    await learnLeads({ now: EARLY });
    expect(await leadOf(sessionId)).toBe(33);
  });

  test("nothing is learned on this machine, whose notebooks start in a second", async () => {
    const universe = await makeUniverse({ kind: "far away" });
    await past(universe, null, [200, 200, 200]);
    const { sessionId } = await book(universe, { start: at(1) });
    await learnLeads({ now: EARLY });
    expect(await leadOf(sessionId)).toBe(0);
    await launch(sessionId, START - 1);
    expect(await phaseOf(sessionId)).toBe("ACCEPTED");
  });

  test("data are fetched before the slot too, as far as their size is known, and teach nothing of the image", async () => {
    const universe = await far();
    const file = (bytes: number | null, about?: number) => ({
      name: "a",
      urls: ["http://127.0.0.1:9/a"],
      path: "data/a",
      bytes,
      ...(about === undefined ? {} : { about }),
      checksum: null,
      readOnly: true,
    });
    const withData = (...files: ReturnType<typeof file>[]) => ({ ...executable, files });
    await past(universe, IMAGE, [60, 60, 60]);
    const slow = await book(universe, { executable: withData(file(1e9), file(null, 500e6), file(null)), start: at(1) });
    // Nothing was learned for it yet: the platform's own lead is none.
    expect(await leadOf(slow.sessionId)).toBe(30);
    await learnLeads({ now: EARLY });
    expect(await leadOf(slow.sessionId)).toBe(90);

    await database().pool.query(
      `INSERT INTO launch_attempts (session_id, number, started_at, finished_at, outcome)
       SELECT $1, n, $2, $2::timestamptz + interval '500 s', 'AVAILABLE' FROM generate_series(1, 3) n`,
      [slow.sessionId, new Date(NOW)],
    );
    const plain = await book(universe, { executable, start: at(1) });
    const most = await book(universe, { executable: withData(file(1e12)), start: at(1) });
    await learnLeads({ now: EARLY });
    expect([await leadOf(plain.sessionId), await leadOf(most.sessionId)]).toEqual([60, 600]);

    const here = await makeUniverse({ kind: "far away" });
    const { sessionId } = await book(here, { executable: withData(file(1e9)), start: at(1) });
    await learnLeads({ now: EARLY });
    expect(await leadOf(sessionId)).toBe(20);
  });

  test("the worker's look at what is due finds it at its lead, not before", async () => {
    const universe = await far();
    const { sessionId } = await booked(universe, 1);
    const due = async (now: Millis) =>
      (await dueSessions(now)).filter(({ id }) => id === sessionId).map((session) => decide(session, now));
    expect(await due(START - 301 * SECOND)).toEqual([]);
    expect(await due(START - 300 * SECOND)).toEqual(["launch"]);
  });
});

describe("whether there is room", () => {
  test("beside what runs in the slot before, a session starts early as long as both fit", async () => {
    const universe = await far();
    await running(universe, 5);
    const fits = await booked(universe, 3);
    await launch(fits.sessionId, EARLY);
    expect(await phaseOf(fits.sessionId)).toBe("PREPARING");
  });

  test("while the previous holder has its slot it waits, looks again gently, and starts with its slot", async () => {
    const universe = await far();
    const before = await running(universe, 6);
    const { sessionId } = await booked(universe, 3);
    await launch(sessionId, EARLY);
    expect(await phaseOf(sessionId)).toBe("ACCEPTED");
    expect(await nextLaunch(sessionId)).toBe(EARLY + 5 * SECOND);
    await launch(sessionId, START - SECOND);
    expect(await nextLaunch(sessionId)).toBe(START);
    await launch(sessionId, START);
    expect(await phaseOf(sessionId)).toBe("ACCEPTED");
    expect(await nextLaunch(sessionId)).toBe(START + 250);
    await releaseSession(step(before.sessionId, START + 1));
    await launch(sessionId, START + 250);
    expect(await phaseOf(sessionId)).toBe("PREPARING");
  });

  test("when the previous holder gives up its hour, it waits for the release and for nothing else", async () => {
    const universe = await far();
    const before = await running(universe, 6);
    const { sessionId } = await booked(universe, 3);
    await cancelSession({ ...before, now: EARLY - SECOND });
    await launch(sessionId, EARLY);
    expect(await phaseOf(sessionId)).toBe("ACCEPTED");
    await releaseSession(step(before.sessionId, EARLY + SECOND));
    await launch(sessionId, EARLY + SECOND);
    expect(await phaseOf(sessionId)).toBe("PREPARING");
  });

  test("what could not be released for long takes its room, and no more than that", async () => {
    const universe = await far();
    const before = await running(universe, 6);
    await cancelSession({ ...before, now: NOW + MINUTE });
    const [large, small] = [await booked(universe, 3), await booked(universe, 2)];
    for (const { sessionId } of [large, small]) await launch(sessionId, EARLY);
    expect(await phaseOf(large.sessionId)).toBe("ACCEPTED");
    expect(await phaseOf(small.sessionId)).toBe("PREPARING");
  });

  test("a closed slot has no room for anybody who comes early", async () => {
    const universe = await far();
    const other = await running(universe, 1);
    await database().pool.query(
      "UPDATE ledger SET closed = 'disks' FROM accounts a WHERE a.id = account_id AND a.platform_id = $1 AND a.kind = 'platform' AND slot = $2",
      [universe.platform.id, new Date(slotIn(0))],
    );
    const { sessionId } = await booked(universe, 1);
    await launch(sessionId, EARLY);
    expect(await phaseOf(sessionId)).toBe("ACCEPTED");
    expect(await phaseOf(other.sessionId)).toBe("AVAILABLE");
  });

  test("two that come early at once never share the room that is there for one", async () => {
    for (let round = 0; round < 5; round++) {
      const universe = await far();
      await running(universe, 5);
      const ids = [(await booked(universe, 3, 0)).sessionId, (await booked(universe, 3, 1)).sessionId];
      await Promise.all(ids.map((id) => launch(id, EARLY)));
      const phases = await Promise.all(ids.map(phaseOf));
      expect(phases.sort()).toEqual(["ACCEPTED", "PREPARING"]);
    }
  });

  test("one that was started early and cancelled takes its room until it is gone", async () => {
    const universe = await far();
    await running(universe, 5);
    const [first, second] = [await booked(universe, 3, 0), await booked(universe, 3, 1)];
    await launch(first.sessionId, EARLY);
    await cancelSession({ ...first, now: EARLY + SECOND });
    await launch(second.sessionId, EARLY + 2 * SECOND);
    expect(await phaseOf(second.sessionId)).toBe("ACCEPTED");
    await releaseSession(step(first.sessionId, EARLY + 3 * SECOND));
    expect(await findSession(first.sessionId)).toMatchObject({ phase: "CANCELLED", releasedAt: EARLY + 3 * SECOND });
    await launch(second.sessionId, EARLY + 4 * SECOND);
    expect(await phaseOf(second.sessionId)).toBe("PREPARING");
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });
});

describe("before its slot begins", () => {
  async function startedEarly(more: Wanted = {}) {
    const universe = await far(more);
    const { sessionId, user } = await booked(universe, 1);
    await launch(sessionId, EARLY);
    await watchSession(step(sessionId, EARLY + SECOND));
    expect(await phaseOf(sessionId)).toBe("AVAILABLE");
    return { universe, sessionId, user };
  }

  test("the link is for the slot: until then it says when it opens", async () => {
    const { sessionId, user } = await startedEarly();
    expect(await openSession({ sessionId, user, now: START - 1, signal })).toMatchObject({
      error: { code: "NOT_YET", sentence: "Ready. It opens at 14:00 UTC, when its slot begins." },
    });
    expect(await openSession({ sessionId, user, now: START, signal })).toMatchObject({ ok: true });
    expect(await phaseOf(sessionId)).toBe("RUNNING");
  });

  test("it cannot be moved any more; its end can", async () => {
    const { sessionId, user } = await startedEarly();
    const now = EARLY + 2 * SECOND;
    expect(await moveBooking({ sessionId, user, startsAt: slotIn(3), now })).toMatchObject({
      error: { code: "TOO_LATE" },
    });
    expect(await extendSession({ sessionId, user, slots: 1, now })).toMatchObject({ ok: true });
    expect(await shortenSession({ sessionId, user, slots: 1, now })).toMatchObject({ ok: true });
    expect(await findSession(sessionId)).toMatchObject({ phase: "AVAILABLE", startsAt: START, endsAt: slotIn(2) });
  });

  test("being unused counts from its slot's start", async () => {
    lastUsed = 0;
    const { universe, sessionId } = await startedEarly();
    await database().pool.query("UPDATE platforms SET idle_minutes = 10 WHERE id = $1", [universe.platform.id]);
    await watchSession(step(sessionId, START + 10 * MINUTE - 1));
    expect(await findSession(sessionId)).toMatchObject({ idleSince: null });
    await watchSession(step(sessionId, START + 10 * MINUTE));
    expect(await findSession(sessionId)).toMatchObject({ idleSince: START + 10 * MINUTE });
  });

  test("what does not work early is tried once more when its time has come", async () => {
    const universe = await far();
    const { sessionId } = await booked(universe, 1);
    trouble = new LaunchError("It hiccuped.", { mayPass: true });
    for (const seconds of [0, 2, 6]) await launch(sessionId, EARLY + seconds * SECOND);
    expect(await phaseOf(sessionId)).toBe("PREPARING");
    expect(await nextLaunch(sessionId)).toBe(START);
    // The worker looks at everything now and then.
    await watchSession(step(sessionId, EARLY + 10 * SECOND));
    expect(await nextLaunch(sessionId)).toBe(START);
    await launch(sessionId, START);
    trouble = null;
    expect(await findSession(sessionId)).toMatchObject({ phase: "FAILED", reason: "It hiccuped." });
  });

  test("a launch has its whole time from its slot's start on", async () => {
    const universe = await far();
    const { sessionId } = await booked(universe, 1);
    await launch(sessionId, START - 300 * SECOND);
    isSilent = true;
    await watchSession(step(sessionId, START + 179 * SECOND));
    expect(await phaseOf(sessionId)).toBe("PREPARING");
    await watchSession(step(sessionId, START + 180 * SECOND));
    isSilent = false;
    expect(await phaseOf(sessionId)).toBe("FAILED");
  });
});

test("nobody but its owner learns when it opens", async () => {
  const universe = await far();
  const { sessionId } = await booked(universe, 1);
  await launch(sessionId, EARLY);
  const user = personOf(universe, 2);
  expect(await openSession({ sessionId, user, now: EARLY, signal })).toMatchObject({ error: { code: "NOT_FOUND" } });
});
