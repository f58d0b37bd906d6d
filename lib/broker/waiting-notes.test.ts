import { expect, test } from "vitest";
import { announce } from "#lib/db/announce.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { onChange } from "#lib/db/changes.ts";
import { findSession } from "#lib/db/sessions.ts";
import type { Handle, Launcher, Sighting } from "#lib/launch/launcher.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { at, book } from "#lib/testing/book.ts";
import { makeUniverse, slotIn } from "#lib/testing/universe.ts";
import { until } from "#lib/until.ts";
import { launchSession } from "./launch-session.ts";
import { watchSession } from "./watch-session.ts";

const signal = AbortSignal.timeout(600_000);
const START = slotIn(1);
const QUEUE = "It waits in the queue.";
const KILLED = "It ran out of memory and was restarted.";

/** What the platform says to each look of this file. */
let says: (handle: Handle) => Sighting;
const preparing = (note: string | null, isSetback = false) => {
  says = (handle) => ({ state: "preparing", handle, note, isSetback });
};
const answering = () => {
  says = (handle) => ({ state: "available", handle, link: new URL("http://127.0.0.1/") });
};
provideLauncher({
  kind: "talkative",
  // One look a turn.
  pace: { preparingMs: 60_000, runningMs: 60_000 },
  launch: async ({ key }) => ({ state: "preparing", handle: { key } }),
  look: async (handle) => says(handle),
  use: async () => null,
} as Partial<Launcher> as Launcher);

async function launched() {
  const { sessionId } = await book(await makeUniverse({ kind: "talkative" }), { start: at(1) });
  await launchSession({ sessionId, now: START, clock: () => START, signal });
  let now = START;
  return {
    sessionId,
    look: () => {
      now += 10_000;
      return watchSession({ sessionId, clock: () => now, signal });
    },
    note: async () => (await findSession(sessionId))?.note,
    restarts: async () => (await sessionHistory(sessionId)).filter(({ event }) => event === "RESTARTED"),
  };
}

test("what the platform says while one waits is kept as long as it says so, and is gone once the link answers", async () => {
  const session = await launched();
  expect(await session.note()).toBeNull();
  preparing(QUEUE);
  await session.look();
  expect(await session.note()).toBe(QUEUE);
  preparing(null);
  await session.look();
  expect(await session.note()).toBeNull();
  preparing(QUEUE);
  await session.look();
  answering();
  await session.look();
  expect(await findSession(session.sessionId)).toMatchObject({ phase: "AVAILABLE", note: null });
  expect(await session.restarts()).toEqual([]);
});

test("a new note is told to whoever looks; the same again is not", async () => {
  const session = await launched();
  const heard: string[] = [];
  const stop = onChange((change) => heard.push(change === "reconnected" ? change : change.session));
  await until("the notices come", () => heard.includes("reconnected"), { withinMs: 10_000 });
  // What was announced before, as the booking, has come too.
  announce([{ session: "the first", user: "" }]);
  await until("what went before is told", () => heard.includes("the first"), { withinMs: 10_000 });
  heard.length = 0;
  preparing(QUEUE);
  await session.look();
  await session.look();
  preparing(KILLED);
  await session.look();
  announce([{ session: "the last", user: "" }]);
  await until("all is told", () => heard.includes("the last"), { withinMs: 10_000 });
  stop();
  expect(heard.filter((one) => one === session.sessionId)).toHaveLength(2);
});

test("a running notebook that is killed for its memory is started again: once in its history, and it goes on", async () => {
  const session = await launched();
  answering();
  await session.look();
  preparing(KILLED, true);
  await session.look();
  await session.look();
  expect(await findSession(session.sessionId)).toMatchObject({
    phase: "AVAILABLE",
    connector: "PREPARING",
    note: KILLED,
  });
  expect((await session.restarts()).map(({ why }) => why)).toEqual([KILLED]);
  answering();
  await session.look();
  expect(await findSession(session.sessionId)).toMatchObject({ connector: "AVAILABLE", note: null });
  preparing(KILLED, true);
  await session.look();
  expect(await session.restarts()).toHaveLength(2);
});
