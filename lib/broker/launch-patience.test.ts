import { v7 as uuidv7 } from "uuid";
import { beforeAll, expect, test } from "vitest";
import { sessionHistory } from "#lib/db/audit.ts";
import { database } from "#lib/db/client.ts";
import { findSession } from "#lib/db/sessions.ts";
import { LaunchError, type Launcher, type Sighting } from "#lib/launch/launcher.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { at, book } from "#lib/testing/book.ts";
import { makeUniverse, slotIn } from "#lib/testing/universe.ts";
import { launchSession } from "./launch-session.ts";
import { spread } from "./spread.ts";

const signal = AbortSignal.timeout(600_000);
const START = slotIn(1);
const MINUTE = 60_000;

/** What the platform says to the launches of this file, one after the other; the last again and again. */
let says: (LaunchError | "yes")[] = [];
const nothing = () => Promise.reject(new Error("not asked in these tests"));
const platform: Launcher = {
  kind: "moody",
  pace: { preparingMs: 100, runningMs: 100 },
  isShared: false,
  forgetsAfterMs: null,
  readiness: nothing,
  async launch({ key }): Promise<Sighting> {
    const word = says.length > 1 ? says.shift() : says[0];
    if (word instanceof LaunchError) throw word;
    return { state: "preparing", handle: { key } };
  },
  look: nothing,
  release: nothing,
  open: nothing,
  use: nothing,
  log: nothing,
  choices: async () => null,
  enforced: () => [],
  find: async () => null,
  list: async () => [],
};
beforeAll(() => provideLauncher(platform));

const down = (afterMs: number | null = null, why = "The platform is down.") =>
  new LaunchError(why, { mayPass: true, outOfOurHands: { afterMs } });

/** When the next launch is scheduled; null when none is. */
async function nextLaunch(sessionId: string): Promise<number | null> {
  const { rows } = await database().pool.query("SELECT run_at FROM graphile_worker.jobs WHERE key = $1", [
    `launch:${sessionId}`,
  ]);
  return rows[0] ? new Date(rows[0].run_at).getTime() : null;
}

/** Plays the worker from the slot's start: launches whenever a launch is due, until none is or the time is over. */
async function workUntil(sessionId: string, end: number): Promise<number[]> {
  const tries: number[] = [];
  for (let now: number | null = START; now !== null && now < end; ) {
    tries.push(now);
    const clock = now;
    await database().pool.query("SELECT graphile_worker.remove_job($1)", [`launch:${sessionId}`]);
    await launchSession({ sessionId, now: clock, clock: () => clock, signal });
    now = await nextLaunch(sessionId);
  }
  return tries;
}

async function booked() {
  const universe = await makeUniverse({ kind: "moody" });
  const { sessionId } = await book(universe, { start: at(1) });
  return sessionId;
}
const retries = async (sessionId: string) =>
  (await sessionHistory(sessionId)).filter(({ event }) => event === "RETRIED").map(({ why }) => why);

test("what is out of our hands is tried until the slot is over, never more seldom than each half minute, and told once", async () => {
  says = [down()];
  const sessionId = await booked();
  const tries = await workUntil(sessionId, slotIn(2));
  const gaps = tries.slice(1).map((time, index) => time - (tries[index] ?? 0));
  expect(gaps.slice(0, 5)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000].map((wait) => spread(wait, sessionId)));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000);
  expect(tries.at(-1)).toBe(slotIn(2) - 10_000);
  expect(await findSession(sessionId)).toMatchObject({ phase: "FAILED", reason: "The platform is down." });
  expect(await retries(sessionId)).toEqual(["The platform is down."]);
});

test("sessions that fail together come back apart, each within a quarter of the wait", () => {
  const ids = Array.from({ length: 200 }, () => uuidv7());
  const waits = ids.map((id) => spread(8_000, id));
  expect(new Set(waits).size).toBeGreaterThan(100);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(6_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(8_000);
  expect(ids.map((id) => spread(8_000, id))).toEqual(waits);
});

test("a platform that is back within the slot starts the session late, not never", async () => {
  says = [down(), down(null, "Sign in again."), down(null, "Sign in again."), down(), "yes"];
  const sessionId = await booked();
  await workUntil(sessionId, slotIn(2));
  expect(await findSession(sessionId)).toMatchObject({ phase: "PREPARING", handle: expect.anything() });
  expect(await retries(sessionId)).toEqual(["The platform is down.", "Sign in again.", "The platform is down."]);
});

test("a platform that says when to come back is asked then, but not after the slot", async () => {
  says = [down(5 * MINUTE), down(3 * 60 * MINUTE)];
  const sessionId = await booked();
  expect(await workUntil(sessionId, slotIn(2))).toEqual([START, START + 5 * MINUTE, slotIn(2) - 10_000]);
});

test("a platform that says to come back at once is given a second all the same", async () => {
  says = [down(0), down(0), "yes"];
  const sessionId = await booked();
  expect(await workUntil(sessionId, slotIn(2))).toEqual([START, START + 1_000, START + 2_000]);
});

test("ordinary trouble is tried three times, whatever was out of our hands before", async () => {
  const odd = new LaunchError("It hiccuped.", { mayPass: true });
  says = [down(), down(), down(), down(), odd];
  const sessionId = await booked();
  expect(await workUntil(sessionId, slotIn(2))).toHaveLength(4 + 3);
  expect(await findSession(sessionId)).toMatchObject({ phase: "FAILED", reason: "It hiccuped." });
});

test("a refusal for good fails the session at once", async () => {
  says = [new LaunchError("There is no such image.", { mayPass: false })];
  const sessionId = await booked();
  expect(await workUntil(sessionId, slotIn(2))).toEqual([START]);
  expect(await findSession(sessionId)).toMatchObject({ phase: "FAILED", reason: "There is no such image." });
});
