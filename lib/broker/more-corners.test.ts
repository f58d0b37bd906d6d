import { setTimeout as pause } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { database, transaction } from "#lib/db/client.ts";
import { moveSession } from "#lib/db/runs.ts";
import { findSession } from "#lib/db/sessions.ts";
import { ask, at, book, cores } from "#lib/testing/book.ts";
import { aRequest, makeUniverse, NOW, slotIn } from "#lib/testing/universe.ts";
import { bookOccurrences } from "./book-occurrences.ts";
import { applyLimitChange, previewLimitChange } from "./change-limits.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { launchSession } from "./launch-session.ts";
import { leaveWaitlist } from "./leave-waitlist.ts";
import { moveBooking } from "./move-booking.ts";
import { endSeries, repeatSession } from "./repeat-session.ts";
import { serveWaitlist } from "./serve-waitlist.ts";
import { verify } from "./verify.ts";

const pool = () => database().pool;
const signal = AbortSignal.timeout(600_000);
void transaction;
void moveSession;
void uuidv7;
void cores;
void joinWaitlist;
void leaveWaitlist;
void aRequest;
void serveWaitlist;
void bookOccurrences;
void endSeries;
void repeatSession;

test("a booking that is moved while its launch begins is not launched", async () => {
  const u = await makeUniverse({ kind: "none" });
  const { sessionId, user } = await book(u, { start: at(1) });
  const c = await pool().connect();
  await c.query("BEGIN");
  await c.query("SELECT FROM sessions WHERE id=$1 FOR UPDATE", [sessionId]);
  const moved = moveBooking({ sessionId, user, startsAt: slotIn(8), now: slotIn(1) - 5 });
  await pause(300);
  const launched = launchSession({ sessionId, now: slotIn(1), clock: () => slotIn(1), signal });
  await pause(300);
  await c.query("COMMIT");
  c.release();
  expect((await moved).ok).toBe(true);
  await launched;
  expect((await findSession(sessionId))?.phase).toBe("ACCEPTED");
});

test("repair of more than a thousand overdue offers leaves none", async () => {
  const u = await makeUniverse();
  const { offers } = await ask(u, { start: at(1) });
  await pool().query(
    `INSERT INTO sessions (id, name, offer_set_id, platform_id, project_id, user_id, position, strategy, executable, cores, memory_gib, gpus, phase, phase_since, moved_by, starts_at, ends_at, starts_now, slots_from, slots_until, expires_at)
     SELECT gen_random_uuid(), 'x' || lpad(n::text, 8, '0'), offer_set_id, platform_id, project_id, user_id, position, strategy, executable, 1, 1, 0, 'OFFERED', phase_since, moved_by, starts_at, ends_at, starts_now, slots_from, slots_from, expires_at
     FROM sessions, generate_series(1, 1200) n WHERE id = $1`,
    [offers[0]?.id],
  );
  await verify({ repair: true, platforms: false, now: slotIn(1), signal });
  const { rows } = await pool().query("SELECT count(*)::int n FROM sessions WHERE platform_id=$1 AND phase='OFFERED'", [
    u.platform.id,
  ]);
  expect(rows[0].n).toBe(0);
});

test("a real double booking is not made to look right by --repair", async () => {
  const u = await makeUniverse();
  const { sessionId } = await book(u, { start: at(1), resources: cores(8) });
  const { sessionId: two } = await book(u, { start: at(2), resources: cores(8) });
  await pool().query("UPDATE sessions SET slots_from=$2, slots_until=$3, starts_at=$2, ends_at=$3 WHERE id=$1", [
    two,
    new Date(slotIn(1)),
    new Date(slotIn(2)),
  ]);
  void sessionId;
  const after = await verify({ repair: true, platforms: false, now: NOW, signal });
  expect(after.findings.filter(({ check }) => check === "limits").length).toBeGreaterThan(0);
});

test("the platform's size changed: a limit above the project's still previews; a limit with null is refused", async () => {
  const u = await makeUniverse();
  const id = (
    await pool().query("SELECT id::text FROM accounts WHERE platform_id=$1 AND kind='platform'", [u.platform.id])
  ).rows[0].id;
  const p = await previewLimitChange({ accountId: id, limits: { cores: undefined as never }, policy: "keep" }, NOW);
  expect(typeof p.ok).toBe("boolean");
  if (p.ok) {
    const r = await applyLimitChange({
      change: { accountId: id, limits: { cores: undefined as never }, policy: "keep" },
      seen: p.value.seen,
      why: "",
      admin: { name: "a" },
      now: NOW,
    });
    expect(typeof r.ok).toBe("boolean");
  }
});

test("a limit that is changed to what it is already loses nobody who only holds offers elsewhere", async () => {
  const u = await makeUniverse({ people: 2 });
  const { offers } = await ask(u, { start: at(1), resources: cores(6) }, 0);
  const id = (
    await pool().query("SELECT id::text FROM accounts WHERE platform_id=$1 AND kind='platform'", [u.platform.id])
  ).rows[0].id;
  const change = { accountId: id, limits: { openBookings: 3 }, policy: "cancel" } as const;
  const p = await previewLimitChange(change, NOW);
  if (!p.ok) throw new Error("no");
  expect(p.value.cancelled).toEqual([]);
  void offers;
});
