import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Executable } from "#lib/booking/executable.ts";
import { isOver } from "#lib/booking/phase.ts";
import type { StagedFile } from "#lib/booking/staged-file.ts";
import { sessionHistory } from "#lib/db/audit.ts";
import { liveOfferSetsOf } from "#lib/db/offer-sets.ts";
import { findSession } from "#lib/db/sessions.ts";
import { homeOf, placeOf } from "#lib/launch/local/session-folder.ts";
import { stopAllLocal } from "#lib/launch/local/stop-all-local.ts";
import { jupyterForTests } from "#lib/launch/local/test-machine.ts";
import { type FileServer, startFileServer } from "#lib/testing/file-server.ts";
import {
  aRequest,
  ledgerDifferences,
  makeUniverse,
  NOW,
  slotIn,
  type Universe,
  usedBy,
} from "#lib/testing/universe.ts";
import { acceptOffer } from "./accept-offer.ts";
import { cancelSession } from "./cancel-session.ts";
import { launchSession } from "./launch-session.ts";
import { launcherOf } from "./launcher-of.ts";
import { openSession } from "./open-session.ts";
import { releaseSession } from "./release-session.ts";
import { requestOffers } from "./request-offers.ts";
import { watchSession } from "./watch-session.ts";

/** Sessions on this machine that fetch what they are to work on from a real server. */
const { signal } = new AbortController();
const local = () => launcherOf({ id: "local", kind: "local", settings: {}, provider: null });
const notebook = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
let data = "";
let jupyter = "";
let server: FileServer;

beforeAll(async () => {
  data = mkdtempSync(path.join(os.tmpdir(), "meridian-staging-"));
  jupyter = await jupyterForTests();
}, 600_000);
beforeEach(async () => {
  process.env.MERIDIAN_DATA = data;
  process.env.MERIDIAN_JUPYTER = jupyter;
  server = await startFileServer({ "/fit.ipynb": notebook, "/m31.fits": "M31" });
});
afterEach(async () => {
  await server.close();
  await stopAllLocal({ data, pause: false });
});
afterAll(async () => {
  await stopAllLocal({ data, pause: false });
  rmSync(data, { recursive: true, force: true });
});

const file = (address: string): StagedFile => ({
  name: "m31",
  urls: [server.url + address],
  path: "in/m31.fits",
  bytes: 3,
  checksum: null,
  readOnly: false,
});

async function launched(universe: Universe, more: Partial<Executable>) {
  const { platform, projectId, people } = universe;
  const [user] = people;
  if (!user) throw new Error("nobody here");
  const executable: Executable = { type: "notebook", image: null, ...more };
  const resources = { cores: 1, memoryGiB: 2, gpus: 0 };
  const request = aRequest({ start: { kind: "now" }, resources, executable });
  await requestOffers({ request, platform, projectId, user, now: NOW });
  const sessionId = (await liveOfferSetsOf(user.id, platform.id, NOW))[0]?.offers[0]?.id ?? "";
  expect(await acceptOffer({ offerId: sessionId, user, now: NOW })).toMatchObject({ ok: true });
  await launchSession({ sessionId, now: NOW, clock: () => NOW, signal });
  return { user, sessionId };
}

/** Plays the worker until the session is as it should be; returns every note that it saw. */
async function watchUntil(sessionId: string, isEnough: (seen: Seen) => boolean): Promise<string[]> {
  const notes = new Set<string>();
  const started = performance.now();
  for (;;) {
    await watchSession({ sessionId, clock: () => NOW + (performance.now() - started), signal });
    const session = await findSession(sessionId);
    if (session?.note) notes.add(session.note);
    if (!session || isOver(session.phase) || isEnough(session)) return [...notes];
    await pause(20);
  }
}
type Seen = NonNullable<Awaited<ReturnType<typeof findSession>>>;
const isAvailable = ({ connector }: Seen) => connector === "AVAILABLE";
const isBringing = () => server.asked.includes("/silent");

test("a session is available when its notebook and data are there, and opens at its notebook", async () => {
  const universe = await makeUniverse();
  const { user, sessionId } = await launched(universe, {
    notebook: `${server.url}/fit.ipynb`,
    files: [file("/m31.fits")],
  });
  // On a quick machine they are there before anybody has read the note.
  const said = await watchUntil(sessionId, isAvailable);
  expect(["Bringing the notebook and 1 file, 3 bytes."]).toEqual(expect.arrayContaining(said));
  const session = await findSession(sessionId);
  expect(session).toMatchObject({ phase: "AVAILABLE", note: null });
  const opened = await openSession({ sessionId, user, now: NOW + 1, signal });
  if (!opened.ok) throw new Error(opened.error.sentence);
  expect(opened.value.pathname).toMatch(new RegExp(`/(lab/tree|notebooks)/broker/${session?.name}/fit.ipynb$`));
  expect((await fetch(opened.value)).status).toBe(200);
  const brought = path.join(homeOf(placeOf(data), user), "broker", session?.name ?? "", "in", "m31.fits");
  expect(readFileSync(brought, "utf8")).toBe("M31");

  // What its owner changes stays, also when all of Meridian is stopped and comes back.
  writeFileSync(brought, "changed");
  await stopAllLocal({ data, pause: true });
  await watchSession({ sessionId, clock: () => NOW + 2, signal });
  await launchSession({ sessionId, now: NOW + 2, clock: () => NOW + 2, signal });
  await watchUntil(sessionId, isAvailable);
  await releaseSession({ sessionId, now: slotIn(2), clock: () => slotIn(2), signal });
  expect((await findSession(sessionId))?.phase).toBe("COMPLETED");
  expect(readFileSync(brought, "utf8")).toBe("changed");
});

test("a session whose data cannot be had fails with what happened, and everything of it is free again", async () => {
  const universe = await makeUniverse();
  const { sessionId } = await launched(universe, { files: [file("/gone.fits?token=secret")] });
  await watchUntil(sessionId, isAvailable);
  expect(await findSession(sessionId)).toMatchObject({
    phase: "FAILED",
    reason: `“m31” could not be brought to the session: ${server.url}/gone.fits answered 404 (Not Found).`,
  });
  expect(await usedBy(universe, "platform")).toEqual({});
  expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  await releaseSession({ sessionId, now: NOW + 1, clock: () => NOW + 1, signal });
  expect(await local().list(signal)).toEqual([]);
  expect((await sessionHistory(sessionId)).map(({ phase }) => phase)).not.toContain("AVAILABLE");
});

test("a session whose data never come is given up after the platform's launch time", async () => {
  const universe = await makeUniverse();
  const { sessionId } = await launched(universe, { files: [file("/silent")] });
  await watchUntil(sessionId, isBringing);
  const late = NOW + ((await findSession(sessionId))?.launchSeconds ?? 0) * 1000;
  await watchSession({ sessionId, clock: () => late, signal });
  expect(await findSession(sessionId)).toMatchObject({
    phase: "FAILED",
    reason: "Its files were not there within 180 s. Bringing 1 file, 3 bytes.",
  });
  await releaseSession({ sessionId, now: late, clock: () => late, signal });
  expect(await local().list(signal)).toEqual([]);
});

test("a session that is cancelled while it fetches is released at once", async () => {
  const universe = await makeUniverse();
  const { user, sessionId } = await launched(universe, { files: [file("/silent")] });
  await watchUntil(sessionId, isBringing);
  await cancelSession({ sessionId, user, now: NOW + 1 });
  await releaseSession({ sessionId, now: NOW + 1, clock: () => NOW + 1, signal });
  expect(await findSession(sessionId)).toMatchObject({ phase: "CANCELLED", connector: "FINISHED" });
  expect(await local().list(signal)).toEqual([]);
});
