import { describe, expect, inject, test } from "vitest";
import { closeDatabase, database } from "#lib/db/client.ts";
import { sealAudit } from "#lib/db/integrity.ts";
import { findPlatform } from "#lib/db/platforms.ts";
import { prepareDatabase } from "#lib/db/prepare.ts";
import { findSession } from "#lib/db/sessions.ts";
import { ask, at, book, cores } from "#lib/testing/book.ts";
import { makeUniverse, NOW, slotIn, usedBy } from "#lib/testing/universe.ts";
import { resizeSlots } from "./resize-slots.ts";
import { verify } from "./verify.ts";

/** Each test breaks a database of its own. */
async function inNewDatabase(name: string, work: () => Promise<void>) {
  const before = process.env.DATABASE_URL;
  await database().pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await database().pool.query(`CREATE DATABASE ${name}`);
  await closeDatabase();
  const url = new URL(inject("databaseUrl"));
  url.pathname = `/${name}`;
  process.env.DATABASE_URL = url.href;
  try {
    await prepareDatabase({ url: url.href, say: () => undefined });
    await work();
  } finally {
    await closeDatabase();
    process.env.DATABASE_URL = before;
  }
}

const look = (repair = false) => verify({ repair, platforms: false, now: NOW, signal: AbortSignal.timeout(60_000) });
const sql = (text: string, values: unknown[] = []) => database().pool.query(text, values);
/** As somebody does who may do anything in the database. */
async function unguarded(text: string, values: unknown[] = []) {
  await sql("ALTER TABLE audit_events DISABLE TRIGGER ALL");
  await sql("ALTER TABLE sessions DISABLE TRIGGER ALL");
  await sql(text, values);
  await sql("ALTER TABLE audit_events ENABLE TRIGGER ALL");
  await sql("ALTER TABLE sessions ENABLE TRIGGER ALL");
}

describe("verify", () => {
  test("finds nothing where all is well, and each kind of damage where it is not", () =>
    inNewDatabase("meridian_verify", async () => {
      const universe = await makeUniverse();
      const { sessionId } = await book(universe, { start: at(2) });
      const { sessionId: other } = await book(universe, { start: at(4) });
      await sealAudit(NOW);
      await sealAudit(NOW);
      expect((await look()).findings).toEqual([]);

      await sql("UPDATE ledger SET used_cores = used_cores + 3 WHERE slot = $1", [new Date(slotIn(2))]);
      const ledger = await look();
      expect(ledger.findings.map(({ check }) => check)).toEqual(["ledger", "ledger", "ledger"]);
      expect(ledger.findings[0]?.sentence).toBe("The ledger says 5 cores, 4 GiB, 0 GPUs; the sessions say 2, 4, 0.");
      const repaired = await look(true);
      expect(repaired).toMatchObject({ findings: [], repaired: ["3 rows of the ledger were put right."] });
      expect(await usedBy(universe, "platform")).toEqual({ "15:00": 2, "17:00": 2 });

      await sql("UPDATE ledger SET limit_cores = 1 WHERE slot = $1", [new Date(slotIn(2))]);
      expect((await look()).findings.map(({ check }) => check)).toEqual(["limits", "limits", "limits"]);
      await sql("UPDATE ledger SET limit_cores = 8 WHERE slot = $1", [new Date(slotIn(2))]);

      await unguarded("UPDATE sessions SET phase = 'RUNNING' WHERE id = $1", [sessionId]);
      expect((await look()).findings).toEqual([
        {
          check: "phases",
          subject: `session ${sessionId}`,
          sentence: "It is RUNNING; its history says: OFFERED → ACCEPTED.",
        },
      ]);
      await unguarded("UPDATE sessions SET phase = 'ACCEPTED' WHERE id = $1", [sessionId]);

      await unguarded("UPDATE sessions SET ends_at = ends_at + interval '1 hour' WHERE id = $1", [other]);
      expect((await look()).findings.map(({ check }) => check)).toEqual(["spans"]);
      await unguarded("UPDATE sessions SET ends_at = ends_at - interval '1 hour' WHERE id = $1", [other]);
      expect((await look()).findings).toEqual([]);
    }));

  test("finds an event that was changed, removed or put in between after it was sealed, and repairs none", () =>
    inNewDatabase("meridian_audit", async () => {
      const universe = await makeUniverse();
      await book(universe, { start: at(2) });
      await sealAudit(NOW);
      expect(await sealAudit(NOW)).toBeGreaterThan(3);
      await book(universe, { start: at(3) });
      await sealAudit(NOW);
      expect((await look()).findings).toEqual([]);
      await expect(sql("UPDATE audit_events SET actor = 'nobody'")).rejects.toThrow("append-only");
      await expect(sql("DELETE FROM audit_events")).rejects.toThrow("append-only");
      await expect(sql("DELETE FROM audit_seals")).rejects.toThrow("append-only");

      const first = "(SELECT id FROM audit_events WHERE event = 'PHASE' ORDER BY id LIMIT 1)";
      await unguarded(`UPDATE audit_events SET actor = 'nobody' WHERE id = ${first}`);
      expect((await look(true)).findings).toEqual([
        { check: "audit", subject: "seal 1", sentence: "Its events are not those that were sealed." },
      ]);
      await unguarded(`UPDATE audit_events SET actor = $1 WHERE id = ${first}`, [universe.people[0]?.name]);
      expect((await look()).findings).toEqual([]);
      await unguarded("DELETE FROM audit_events WHERE event = 'LIMITS' AND id = (SELECT min(id) FROM audit_events)");
      expect((await look()).findings.map(({ check, sentence }) => [check, sentence.slice(0, 12)])).toEqual([
        ["audit", "It stands fo"],
      ]);
    }));

  test("a seal waits for those who were writing, and bookings never wait for a seal", () =>
    inNewDatabase("meridian_seals", async () => {
      const universe = await makeUniverse();
      await sealAudit(NOW);
      await sealAudit(NOW);
      const slow = await database().pool.connect();
      await slow.query("BEGIN");
      // It has drawn its number and is not committed.
      await slow.query(
        "INSERT INTO audit_events (at, actor, subject_kind, subject_id, event) VALUES (now(), 'slow', 'user', $1, 'LIMITS')",
        [universe.projectId],
      );
      await book(universe, { start: at(2) });
      expect(await sealAudit(NOW)).toBe(0);
      expect(await sealAudit(NOW)).toBe(0);
      await slow.query("COMMIT");
      slow.release();
      // The slow one, and the booking's OFFERED and ACCEPTED.
      expect(await sealAudit(NOW)).toBe(3);
      expect((await look()).findings).toEqual([]);
    }));

  test("finds an offer that should have expired, and lets it", () =>
    inNewDatabase("meridian_overdue", async () => {
      const universe = await makeUniverse();
      await ask(universe, { start: at(2) }, 0, NOW - 3_600_000);
      expect((await look()).findings.map(({ check }) => check)).toEqual(["overdue"]);
      expect(await look(true)).toMatchObject({ findings: [], repaired: ["1 overdue offers have expired."] });
      expect(await usedBy(universe, "platform")).toEqual({});
    }));
});

describe("cutting time anew", () => {
  test("keeps every booking and closing; above a limit is honoured", () =>
    inNewDatabase("meridian_slots", async () => {
      const universe = await makeUniverse({ people: 2 });
      const platformName = universe.platform.name;
      const one = await book(universe, { start: at(1), resources: cores(5) }, 0);
      const two = await book(universe, { start: at(2), resources: cores(5) }, 1);
      await sql("UPDATE ledger SET closed = 'rest' WHERE slot = $1", [new Date(slotIn(2))]);
      const resize = (slotMinutes: number, windowHours: number) =>
        resizeSlots({ platformName, slotMinutes, windowHours, admin: { name: "admin" }, now: NOW });

      expect((await resize(30, 48)).ok).toBe(true);
      expect(await usedBy(universe, "platform")).toEqual({ "14:00": 5, "14:30": 5, "15:00": 5, "15:30": 5 });
      const { rows } = await sql("SELECT slot FROM ledger WHERE closed IS NOT NULL GROUP BY slot ORDER BY slot");
      expect(rows.map(({ slot }) => slot.getTime())).toEqual([slotIn(2), slotIn(2.5)]);
      expect((await look()).findings).toEqual([]);

      expect((await resize(120, 48)).ok).toBe(true);
      expect(await usedBy(universe, "platform")).toEqual({ "14:00": 10 });
      expect((await look()).findings).toEqual([]);
      for (const { sessionId } of [one, two]) expect((await findSession(sessionId))?.phase).toBe("ACCEPTED");
      expect((await findSession(one.sessionId))?.endsAt).toBe(slotIn(2));
      const platform = await findPlatform(platformName);
      expect(platform).toMatchObject({ slotMinutes: 120, windowHours: 48 });
    }));

  test("a question that still has the old slots gets that said, and holds nothing", () =>
    inNewDatabase("meridian_old_slots", async () => {
      const universe = await makeUniverse();
      await resizeSlots({ platformName: universe.platform.name, slotMinutes: 120, admin: { name: "admin" }, now: NOW });
      const asked = await ask(universe, { start: at(2) });
      expect(asked.result).toMatchObject({ error: { refusals: [{ code: "PLATFORM_CHANGED" }] } });
      expect(await usedBy(universe, "platform")).toEqual({});
    }));

  test.each([
    [7, 24],
    [0, 24],
    [-60, 24],
    [0.5, 24],
    [Number.NaN, 24],
    [60, 0],
    [60, 1.5],
    [60, 169],
    [1440, 25],
  ])("slots of %s minutes over %s hours are refused", async (slotMinutes, windowHours) => {
    const universe = await makeUniverse();
    const answer = await resizeSlots({
      platformName: universe.platform.name,
      slotMinutes,
      windowHours,
      admin: { name: "admin" },
      now: NOW,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST" } });
  });
});
