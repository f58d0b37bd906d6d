import { setTimeout as pause } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { database, transaction } from "#lib/db/client.ts";
import { scheduleTask } from "#lib/db/jobs.ts";
import { moveSession, setConnector } from "#lib/db/runs.ts";
import { findSession } from "#lib/db/sessions.ts";
import { decide } from "#lib/scheduler/decide.ts";
import { ask, at, book, cores } from "#lib/testing/book.ts";
import { aRequest, makeUniverse, NOW, personOf, slotIn, type Universe, usedBy } from "#lib/testing/universe.ts";
import { acceptOffer } from "./accept-offer.ts";
import { bookOccurrences } from "./book-occurrences.ts";
import { cancelSession } from "./cancel-session.ts";
import { applyLimitChange, previewLimitChange } from "./change-limits.ts";
import { extendSession, longestExtensionOf } from "./extend-session.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { launchSession } from "./launch-session.ts";
import { moveBooking } from "./move-booking.ts";
import { releaseSession } from "./release-session.ts";
import { endSeries, repeatSession } from "./repeat-session.ts";
import { resizeSlots } from "./resize-slots.ts";
import { resumeSessions } from "./resume-sessions.ts";
import { serveWaitlist } from "./serve-waitlist.ts";

const pool = () => database().pool;
const HOUR = 3_600_000;
const signal = AbortSignal.timeout(600_000);
const accountOf = async (u: Universe, kind: string) =>
  (
    await pool().query("SELECT id::text FROM accounts WHERE platform_id=$1 AND kind=$2 ORDER BY id LIMIT 1", [
      u.platform.id,
      kind,
    ])
  ).rows[0].id as string;
const run = async (sessionId: string, endsAt: number, now: number) =>
  transaction(async (c) => {
    await moveSession(c, sessionId, { to: "PREPARING", who: "meridian", why: null, now });
    await setConnector(c, sessionId, { status: "PREPARING", location: null }, now);
    await scheduleTask(c, "release", sessionId, endsAt);
  });

test("what is cancelled while it runs is released by the next tick, not at its old end", async () => {
  const u = await makeUniverse();
  const { sessionId, user } = await book(u, { start: at(1), durationSlots: 5 });
  await run(sessionId, slotIn(6), slotIn(1));
  expect((await cancelSession({ sessionId, user, now: slotIn(1) + 60_000 })).ok).toBe(true);
  await resumeSessions({ decide, tasks: ["launch", "release"], now: slotIn(1) + 60_200 });
  const { rows } = await pool().query("SELECT run_at FROM graphile_worker.jobs WHERE key = $1", [
    `release:${sessionId}`,
  ]);
  expect(new Date(rows[0].run_at).getTime()).toBeLessThanOrEqual(slotIn(1) + 60_200);
});

test("a launch job that comes late does not launch a booking that was moved to a later time", async () => {
  const u = await makeUniverse({ kind: "none" });
  const { sessionId, user } = await book(u, { start: at(1) });
  // tick at slotIn(1) has made the job; the owner moves before a worker comes to it
  expect((await moveBooking({ sessionId, user, startsAt: slotIn(8), now: slotIn(1) + 10 })).ok).toBe(true);
  await launchSession({ sessionId, now: slotIn(1) + 300, clock: () => slotIn(1) + 300, signal });
  expect((await findSession(sessionId))?.phase).toBe("ACCEPTED");
});

test("an extension that was promised at the last moment is not released at the old end", async () => {
  const u = await makeUniverse({ kind: "none" });
  const { sessionId, user } = await book(u, { start: at(1) });
  await run(sessionId, slotIn(2), slotIn(1));
  await transaction(
    async (c) =>
      void (await moveSession(c, sessionId, { to: "AVAILABLE", who: "meridian", why: null, now: slotIn(1) + 5 })),
  );
  await pool().query("DELETE FROM connectors WHERE session_id = $1", [sessionId]);
  const c = await pool().connect();
  await c.query("BEGIN");
  await c.query("SELECT FROM sessions WHERE id=$1 FOR UPDATE", [sessionId]);
  const extended = extendSession({ sessionId, user, slots: 2, now: slotIn(2) - 5 });
  await pause(400);
  const released = releaseSession({ sessionId, now: slotIn(2), clock: () => slotIn(2), signal });
  await pause(400);
  await c.query("COMMIT");
  c.release();
  expect((await extended).ok).toBe(true);
  await released;
  const s = await findSession(sessionId);
  // either the phase stays live, or nothing is held after it
  expect([s?.phase, await usedBy(u, "platform")]).toEqual(["AVAILABLE", { "14:00": 2, "15:00": 2, "16:00": 2 }]);
});

test("changing a project's limit and accepting with siblings never wait for each other", async () => {
  const u = await makeUniverse({ people: 2 });
  const x = await book(u, { start: at(1), durationSlots: 3 }, 0);
  const { offers, user } = await ask(u, { start: { kind: "window", from: slotIn(3), until: slotIn(5) } }, 1);
  const last = offers.at(-1);
  expect(last?.startsAt).toBe(slotIn(5));
  const accountId = await accountOf(u, "project");
  const change = { accountId, limits: { cores: 1 }, policy: "cancel" } as const;
  const seen = await previewLimitChange(change, NOW);
  if (!seen.ok) throw new Error("no preview");
  expect(seen.value.cancelled.map(({ id }) => id)).toEqual([x.sessionId]);
  const c = await pool().connect();
  await c.query("BEGIN");
  await c.query("SELECT FROM ledger WHERE account_id=$1 AND slot=$2 FOR UPDATE", [
    await accountOf(u, "platform"),
    new Date(slotIn(1)),
  ]);
  const applied = applyLimitChange({ change, seen: seen.value.seen, why: "", admin: { name: "a" }, now: NOW }).then(
    (r) => r.ok,
    (e) => e.message,
  );
  await pause(400);
  const accepted = acceptOffer({ offerId: last?.id ?? "", user, now: NOW }).then(
    (r) => r.ok,
    (e) => e.message,
  );
  await pause(400);
  await c.query("COMMIT");
  c.release();
  expect(`${await applied} ${await accepted}`).not.toContain("deadlock");
});

test("a booking whose repetition was ended can be repeated again", async () => {
  const u = await makeUniverse();
  const { sessionId, user } = await book(u, { start: at(1) });
  const one = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
  if (!one.ok) throw new Error("no");
  await endSeries({ seriesId: one.value.seriesId, user });
  const two = await repeatSession({ sessionId, user, every: "week", until: null, now: NOW });
  if (!two.ok) return; // a refusal would do too
  const row = await database().prisma.series.findUnique({ where: { id: two.value.seriesId } });
  expect([row?.nextAt === null, row?.every]).toEqual([false, "week"]);
});

test("a series that is at the cap of open bookings leaves nothing behind at each try", async () => {
  const u = await makeUniverse({ openBookings: 1 });
  const { sessionId, user } = await book(u, { start: at(1) });
  await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
  const later = NOW + 2 * HOUR;
  const count = async () =>
    (await pool().query("SELECT count(*)::int n FROM sessions WHERE platform_id=$1", [u.platform.id])).rows[0].n;
  const before = await count();
  for (let i = 0; i < 3; i++) await bookOccurrences({ now: later + i * 5000 });
  expect(await count()).toBe(before);
});

test("a series is as long as it was after time was cut anew", async () => {
  const u = await makeUniverse({ windowHours: 26 });
  const { sessionId, user } = await book(u, { start: at(1), durationSlots: 2 });
  const made = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
  if (!made.ok) throw new Error("no");
  await resizeSlots({ platformName: u.platform.name, slotMinutes: 30, admin: { name: "a" }, now: NOW });
  await bookOccurrences({ now: NOW + 26 * HOUR });
  const { rows } = await pool().query(
    "SELECT extract(epoch FROM ends_at - starts_at)/3600 AS h FROM sessions WHERE series_id=$1 ORDER BY starts_at",
    [made.value.seriesId],
  );
  expect(rows.map((r) => Number(r.h))).toEqual([2, 2]);
});

test("who was offered something by the list waits again when an administrator takes it back", async () => {
  const u = await makeUniverse({ people: 2 });
  const { platform, projectId } = u;
  const user = personOf(u, 1);
  const joined = await joinWaitlist({ request: aRequest({ start: at(3) }), platform, projectId, user, now: NOW });
  if (!joined.ok) throw new Error("no");
  const change = {
    accountId: await accountOf(u, "platform"),
    close: { from: slotIn(3), until: slotIn(4), reason: "short maintenance" },
    policy: "keep",
  } as const;
  const seen = await previewLimitChange(change, NOW);
  if (!seen.ok) throw new Error("no");
  expect((await applyLimitChange({ change, seen: seen.value.seen, why: "", admin: { name: "a" }, now: NOW })).ok).toBe(
    true,
  );
  await serveWaitlist({ platformId: platform.id, now: NOW + 1000 });
  expect((await database().prisma.waitlistEntry.findUnique({ where: { id: joined.value.waitId } }))?.state).toBe(
    "WAITING",
  );
});

test("a start window that never ends can be waited for", async () => {
  const u = await makeUniverse();
  const { platform, projectId } = u;
  const request = aRequest({ start: { kind: "window", from: slotIn(3), until: 8.64e15 } });
  const joined = await joinWaitlist({ request, platform, projectId, user: personOf(u, 0), now: NOW });
  expect(typeof joined.ok).toBe("boolean");
});

test("no room, and a project on another platform where the person has no account: refused, not thrown", async () => {
  const u = await makeUniverse({ people: 2 });
  await database().prisma.platform.create({
    data: {
      id: uuidv7(),
      name: `p-${uuidv7()}`,
      title: "Other",
      kind: "local",
      slotMinutes: 60,
      windowHours: 24,
      accounts: {
        create: [
          { kind: "platform", limitCores: 8, limitMemoryGib: 8, limitGpus: 0 },
          { kind: "project", projectId: u.projectId, limitCores: 8, limitMemoryGib: 8, limitGpus: 0 },
        ],
      },
    },
  });
  await book(u, { start: at(3), resources: cores(8) }, 0);
  const { result } = await ask(u, { start: at(3) }, 1);
  expect(result.ok).toBe(false);
});

test("a budget lowered with “cancel” cancels what no longer fits, and with “keep” lists it", async () => {
  const u = await makeUniverse();
  await book(u, { start: at(1), durationSlots: 4 });
  const accountId = await accountOf(u, "project");
  for (const policy of ["keep", "cancel"] as const) {
    const seen = await previewLimitChange({ accountId, limits: { coreHours: 1 }, policy }, NOW);
    if (!seen.ok) throw new Error("no");
    expect([policy, seen.value.cancelled.length + seen.value.honoured.length]).toEqual([policy, 1]);
  }
});

test("the longest extension after time was cut anew is what can be had", async () => {
  const u = await makeUniverse({ slotMinutes: 15 });
  const { sessionId, user } = await book(u, {
    start: { kind: "window", from: slotIn(1), until: slotIn(1) },
    durationSlots: 1,
  });
  await resizeSlots({ platformName: u.platform.name, slotMinutes: 60, admin: { name: "a" }, now: NOW });
  const longest = await longestExtensionOf({ sessionId, user, now: NOW });
  const did = await extendSession({ sessionId, user, slots: 1, now: NOW });
  expect([longest > 0, did.ok]).toEqual([did.ok, did.ok]);
});

test("nothing more is booked by a series for a project that its owner has left", async () => {
  const u = await makeUniverse();
  const { sessionId, user } = await book(u, { start: at(1) });
  const made = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
  if (!made.ok) throw new Error("no");
  await pool().query("DELETE FROM project_members WHERE user_id=$1", [user.id]);
  await bookOccurrences({ now: NOW + 2 * HOUR });
  expect((await pool().query("SELECT FROM sessions WHERE series_id=$1", [made.value.seriesId])).rowCount).toBe(1);
});

test("two offers of a set that end at the same moment close the set", async () => {
  const u = await makeUniverse({ people: 1 });
  const { offers, set } = await ask(u);
  const [a, b] = offers;
  const rest = offers.slice(2).map(({ id }) => id);
  const end = (c: { query: (t: string, v: unknown[]) => Promise<unknown> }, ids: string[]) =>
    c.query("SELECT end_sessions($1, '{OFFERED}', 'REJECTED', $2, 'x', 'y', $3)", [ids, new Date(NOW), uuidv7()]);
  await end(pool(), rest);
  const c = await pool().connect();
  await c.query("BEGIN");
  await end(c, [a?.id ?? ""]);
  const other = end(pool(), [b?.id ?? ""]);
  await pause(200);
  await c.query("COMMIT");
  c.release();
  await other;
  const { rows } = await pool().query("SELECT closed_at FROM offer_sets WHERE id=$1", [set]);
  expect(rows[0].closed_at).not.toBeNull();
});

test("a time that was booked before a worker died is part of its series, and no trouble", async () => {
  const u = await makeUniverse({ userLimit: { cores: 2, memoryGiB: 4, gpus: 0 }, windowHours: 30 });
  const { sessionId, user } = await book(u, { start: at(1) });
  const made = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
  if (!made.ok) throw new Error("no");
  const id = made.value.seriesId;
  // the worker died after acceptOffer: neither joined nor advanced
  await pool().query("UPDATE sessions SET series_id = NULL WHERE series_id=$1 AND id<>$2", [id, sessionId]);
  await pool().query("UPDATE series SET next_at=$2 WHERE id=$1", [id, new Date(slotIn(25))]);
  await bookOccurrences({ now: NOW + 1000 });
  const row = await database().prisma.series.findUnique({ where: { id } });
  expect([row?.trouble, (await pool().query("SELECT FROM sessions WHERE series_id=$1", [id])).rowCount]).toEqual([
    null,
    2,
  ]);
});

test("who fits is served though a hundred who do not came before", async () => {
  const u = await makeUniverse({ people: 2 });
  const { platform, projectId } = u;
  await book(u, { start: at(3), resources: cores(6) }, 0);
  const big = JSON.stringify(aRequest({ start: at(3), resources: cores(8) }));
  await pool().query(
    `INSERT INTO waitlist (id, platform_id, project_id, user_id, request, state, state_since, joined_at, until_at)
     SELECT gen_random_uuid(), $1, $2, $3, $4, 'WAITING', $5, $5, $6 FROM generate_series(1,100)`,
    [platform.id, projectId, u.people[0]?.id, big, new Date(NOW - 1000), new Date(slotIn(3))],
  );
  const joined = await joinWaitlist({
    request: aRequest({ start: at(3), resources: cores(1) }),
    platform,
    projectId,
    user: personOf(u, 1),
    now: NOW,
  });
  if (!joined.ok) throw new Error("no");
  expect((await database().prisma.waitlistEntry.findUnique({ where: { id: joined.value.waitId } }))?.state).toBe(
    "OFFERED",
  );
});

// last: it breaks the others of this database
test("one wait that cannot be served does not stop everybody who asks", async () => {
  const u = await makeUniverse({ people: 2 });
  const { platform, projectId } = u;
  await book(u, { start: at(3), resources: cores(8) }, 0);
  await joinWaitlist({ request: aRequest({ start: at(3) }), platform, projectId, user: personOf(u, 0), now: NOW });
  await pool().query("DELETE FROM accounts WHERE platform_id=$1 AND user_id=$2", [platform.id, u.people[0]?.id]);
  const asked = await ask(u, { start: at(5) }, 1).then(
    ({ result }) => result.ok,
    (e) => e.message,
  );
  expect(asked).toBe(true);
});
