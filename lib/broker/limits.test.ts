import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import { sessionHistory } from "#lib/db/audit.ts";
import { database } from "#lib/db/client.ts";
import { asOneAction } from "#lib/db/correlation.ts";
import { findSession } from "#lib/db/sessions.ts";
import { ask, at, book, cores } from "#lib/testing/book.ts";
import { ledgerDifferences, makeUniverse, NOW, slotIn, type Universe, usedBy } from "#lib/testing/universe.ts";
import { acceptOffer } from "./accept-offer.ts";
import { applyLimitChange, type LimitChange, previewLimitChange } from "./change-limits.ts";
import { verify } from "./verify.ts";

const admin = { name: "admin" };

async function accountOf(universe: Universe, kind: "platform" | "project" | "user", person = 0): Promise<string> {
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT id::text FROM accounts WHERE platform_id = $1 AND kind = $2 AND (user_id IS NULL OR user_id = $3)",
    [universe.platform.id, kind, universe.people[person]?.id],
  );
  return rows[0]?.id ?? "";
}

async function preview(change: LimitChange, now = NOW) {
  const seen = await previewLimitChange(change, now);
  if (!seen.ok) throw new Error(seen.error[0]?.sentence);
  return seen.value;
}

const apply = (change: LimitChange, seen: string, now = NOW) =>
  applyLimitChange({ change, seen, why: "Half of the machine is away.", admin, now });

/** What verify finds of this universe: other tests beside this one break theirs on purpose. */
async function inSight(universe: Universe) {
  const mine = `platform account ${await accountOf(universe, "platform")},`;
  const { findings } = await verify({ platforms: false, now: NOW, signal: AbortSignal.timeout(60_000) });
  return findings.filter(({ subject }) => subject.includes(universe.platform.name) || subject.startsWith(mine));
}

describe("a platform's limit is lowered under what was promised", () => {
  test("with “keep”, every booking stays and is listed as honoured; nobody books more until it is below", async () => {
    const universe = await makeUniverse({ people: 3 });
    const one = await book(universe, { start: at(2), resources: cores(3) }, 0);
    const two = await book(universe, { start: at(2), resources: cores(3) }, 1, NOW + 1);
    const change = { accountId: await accountOf(universe, "platform"), limits: { cores: 4 }, policy: "keep" } as const;
    const seen = await preview(change);
    expect(seen.cancelled).toEqual([]);
    expect(seen.honoured.map(({ id }) => id)).toEqual([one.sessionId, two.sessionId]);
    expect(seen.over).toEqual([{ start: slotIn(2), resource: "cores", by: 2 }]);
    expect((await apply(change, seen.seen)).ok).toBe(true);
    for (const { sessionId } of [one, two]) expect((await findSession(sessionId))?.phase).toBe("ACCEPTED");
    expect((await ask(universe, { start: at(2), resources: cores(1) }, 2)).result.ok).toBe(false);
    expect((await ask(universe, { start: at(3), resources: cores(4) }, 2)).result.ok).toBe(true);
    expect((await ask(universe, { start: at(4), resources: cores(5) }, 2)).result.ok).toBe(false);
    expect(await inSight(universe)).toEqual([]);
  });

  test("with “cancel”, the latest booked goes first, is told why, and the rest fits", async () => {
    const universe = await makeUniverse({ people: 3 });
    const one = await book(universe, { start: at(2), resources: cores(3) }, 0);
    const two = await book(universe, { start: at(2), resources: cores(3) }, 1, NOW + 1);
    const far = await book(universe, { start: at(5), resources: cores(3) }, 2, NOW + 2);
    const change = {
      accountId: await accountOf(universe, "platform"),
      limits: { cores: 4 },
      policy: "cancel",
    } as const;
    const seen = await preview(change, NOW + 3);
    expect(seen.cancelled.map(({ id }) => id)).toEqual([two.sessionId]);
    expect((await apply(change, seen.seen, NOW + 3)).ok).toBe(true);
    expect((await findSession(one.sessionId))?.phase).toBe("ACCEPTED");
    expect((await findSession(far.sessionId))?.phase).toBe("ACCEPTED");
    expect(await findSession(two.sessionId)).toMatchObject({
      phase: "CANCELLED",
      reason: "The limits were changed by an administrator. Half of the machine is away.",
    });
    expect((await sessionHistory(two.sessionId)).at(-1)).toMatchObject({ actor: "admin", phase: "CANCELLED" });
    for (const kind of ["platform", "project", "user"] as const) {
      expect(await usedBy(universe, kind)).toEqual({ "15:00": 3, "18:00": 3 });
    }
    expect(await inSight(universe)).toEqual([]);
  });

  test("what changed since the preview makes applying it refuse, and nothing is changed", async () => {
    const universe = await makeUniverse({ people: 3 });
    await book(universe, { start: at(2), resources: cores(3) }, 0);
    const accountId = await accountOf(universe, "platform");
    const change = { accountId, limits: { cores: 4 }, policy: "cancel" } as const;
    const seen = await preview(change);
    const late = await book(universe, { start: at(2), resources: cores(3) }, 1);
    expect(await apply(change, seen.seen)).toMatchObject({ error: [{ code: "PREVIEW_STALE" }] });
    expect((await findSession(late.sessionId))?.phase).toBe("ACCEPTED");
    const rows = await database().prisma.account.findMany({ where: { id: BigInt(accountId) } });
    expect(rows[0]?.limitCores).toBe(8);
    expect((await apply(change, (await preview(change)).seen)).ok).toBe(true);
  });

  test("held offers that do not fit are released under either policy: nobody accepted them", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { offers, user } = await ask(universe, { start: at(2), resources: cores(6) });
    const change = { accountId: await accountOf(universe, "platform"), limits: { cores: 4 }, policy: "keep" } as const;
    const seen = await preview(change);
    expect(seen.cancelled.map(({ id }) => id)).toEqual([offers[0]?.id]);
    await apply(change, seen.seen);
    expect((await findSession(offers[0]?.id ?? ""))?.phase).toBe("REJECTED");
    const answer = await acceptOffer({ offerId: offers[0]?.id ?? "", user, now: NOW });
    expect(answer).toMatchObject({ error: { refusals: [{ code: "OFFER_GONE" }] } });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("while people book, every booking is inside the limit or honoured by a change that saw it", async () => {
    const universe = await makeUniverse({ people: 12, limit: { cores: 12, memoryGiB: 64, gpus: 0 } });
    const accountId = await accountOf(universe, "platform");
    const booking = Promise.all(
      universe.people.map(async (user, person) => {
        const { offers } = await ask(universe, { start: at(2), resources: cores(1) }, person);
        for (const { id } of offers) await acceptOffer({ offerId: id, user, now: NOW });
      }),
    );
    const lowering = (async () => {
      for (const limit of [9, 6, 3]) {
        const change = { accountId, limits: { cores: limit }, policy: limit === 6 ? "keep" : "cancel" } as const;
        while (!(await apply(change, (await preview(change)).seen)).ok);
      }
    })();
    await Promise.all([booking, lowering]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
    expect(await inSight(universe)).toEqual([]);
    expect((await usedBy(universe, "platform"))["15:00"]).toBeLessThanOrEqual(3);
  });
});

describe("limits of projects and users", () => {
  test("a user's limit counts for what is booked from now on; raising it again gives it back", async () => {
    const universe = await makeUniverse();
    const accountId = await accountOf(universe, "user");
    const lower = { accountId, limits: { cores: 1 }, policy: "keep" } as const;
    await apply(lower, (await preview(lower)).seen);
    expect((await ask(universe)).result.ok).toBe(false);
    const raise = { accountId, limits: { cores: 8 }, policy: "keep" } as const;
    await apply(raise, (await preview(raise)).seen);
    expect((await ask(universe)).result.ok).toBe(true);
  });

  test("a budget over the window stops the booking that goes beyond it, at offer time and at accept", async () => {
    const universe = await makeUniverse({ people: 2 });
    const accountId = await accountOf(universe, "project");
    const change = { accountId, limits: { coreHours: 5 }, policy: "keep" } as const;
    await apply(change, (await preview(change)).seen);
    await book(universe, { start: at(1) });
    const held = [await ask(universe, { start: at(2) }, 0), await ask(universe, { start: at(3) }, 1)];
    const answers = await Promise.all(
      held.map(({ offers, user }) => acceptOffer({ offerId: offers[0]?.id ?? "", user, now: NOW })),
    );
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const asked = await ask(universe, { start: at(8) });
    expect(asked.result).toMatchObject({
      error: {
        refusals: [
          { code: "BUDGET_REACHED", sentence: "This takes 2 core-hours; your project has 1 left in this window." },
        ],
      },
    });
    expect((await ask(universe, { start: at(8), resources: cores(1) })).result.ok).toBe(true);
    // As the window rolls on, what was used falls out of it.
    expect((await ask(universe, { start: at(8) }, 0, slotIn(3) + 1)).result.ok).toBe(true);
  });
});

describe("closing slots", () => {
  const close = (accountId: string, policy: "keep" | "cancel", reason: string | null = "new disks"): LimitChange => ({
    accountId,
    close: { from: slotIn(2), until: slotIn(4), reason },
    policy,
  });

  test("keeps or cancels what is booked there, is offered to nobody, and can be opened again", async () => {
    const universe = await makeUniverse({ people: 2 });
    const booked = await book(universe, { start: at(3) });
    const accountId = await accountOf(universe, "platform");
    const keep = await preview(close(accountId, "keep"));
    expect(keep.honoured.map(({ id }) => id)).toEqual([booked.sessionId]);
    expect((await apply(close(accountId, "keep"), keep.seen)).ok).toBe(true);
    expect((await ask(universe, { start: at(3) }, 1)).result).toMatchObject({
      error: { refusals: [{ code: "SLOT_CLOSED", slot: slotIn(3), sentence: "This slot is closed: new disks." }] },
    });
    await apply(close(accountId, "cancel"), (await preview(close(accountId, "cancel"))).seen);
    expect(await findSession(booked.sessionId)).toMatchObject({
      phase: "CANCELLED",
      reason: "Closed by an administrator: new disks. Half of the machine is away.",
    });
    await apply(close(accountId, "keep", null), (await preview(close(accountId, "keep", null))).seen);
    expect((await ask(universe, { start: at(3) }, 1)).result.ok).toBe(true);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("a slot that is not in the window yet is closed when it comes", async () => {
    const universe = await makeUniverse();
    const accountId = await accountOf(universe, "platform");
    const change: LimitChange = {
      accountId,
      close: { from: slotIn(30), until: slotIn(31), reason: "rest" },
      policy: "keep",
    };
    expect((await apply(change, (await preview(change)).seen)).ok).toBe(true);
    const asked = await ask(universe, { start: at(30) }, 0, slotIn(20));
    expect(asked.result).toMatchObject({ error: { refusals: [{ code: "SLOT_CLOSED" }] } });
  });
});

describe("the audit of a change", () => {
  test("says who, what before and after, why, and what else was part of it", async () => {
    const universe = await makeUniverse({ people: 2 });
    const one = await book(universe, { start: at(2), resources: cores(6) });
    const change = {
      accountId: await accountOf(universe, "platform"),
      limits: { cores: 4 },
      policy: "cancel",
    } as const;
    const { seen } = await preview(change);
    await asOneAction(() => apply(change, seen), "01910000-0000-7000-8000-000000000001");
    const { rows } = await database().pool.query(
      `SELECT subject_kind, subject_id, event, actor, before, after, why FROM audit_events
       WHERE correlation_id = '01910000-0000-7000-8000-000000000001' AND subject_id IN ($1, $2) ORDER BY id`,
      [universe.platform.id, one.sessionId],
    );
    expect(rows).toMatchObject([
      {
        event: "LIMITS",
        subject_kind: "platform",
        actor: "admin",
        before: { cores: 8 },
        after: { cores: 4 },
        why: expect.stringContaining("Half"),
      },
      {
        event: "PHASE",
        subject_kind: "session",
        actor: "admin",
        before: { phase: "ACCEPTED" },
        after: { phase: "CANCELLED" },
      },
    ]);
  });

  test("of a credential tells that there is one, never what is sealed in it", async () => {
    const universe = await makeUniverse();
    const userId = universe.people[0]?.id ?? "";
    const data = {
      id: uuidv7(),
      userId,
      provider: "somewhere",
      kind: "token",
      sealed: Buffer.from("secret"),
      keyId: "k1",
      provenAt: new Date(NOW),
    };
    const { id } = await database().prisma.credential.create({ data });
    await database().prisma.credential.update({ where: { id }, data: { withdrawnAt: new Date(NOW) } });
    await database().prisma.credential.delete({ where: { id } });
    const { rows } = await database().pool.query(
      "SELECT event, before, after FROM audit_events WHERE subject_id = $1 ORDER BY id",
      [id],
    );
    expect(rows.map(({ before, after }) => [before?.withdrawnAt ?? null, after?.keyId ?? null])).toEqual([
      [null, "k1"],
      [null, "k1"],
      [expect.any(String), null],
    ]);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from("secret").toString("hex"));
  });
});

describe("impossible changes", () => {
  test.each([
    ["a negative limit", { limits: { cores: -1 } }, "cores"],
    ["half a core", { limits: { cores: 0.5 } }, "cores"],
    ["no number", { limits: { memoryGiB: Number.NaN } }, "memoryGiB"],
    ["more than can be counted", { limits: { gpus: 2 ** 31 } }, "gpus"],
    ["no limit of cores", { limits: { cores: null as never } }, "cores"],
    ["a budget without end", { limits: { coreHours: Number.POSITIVE_INFINITY } }, "coreHours"],
    ["slots that end before they begin", { close: { from: slotIn(3), until: slotIn(2), reason: "x" } }, "close"],
    ["slots of the past", { close: { from: slotIn(-3), until: slotIn(-2), reason: "x" } }, "close"],
    ["a year of slots", { close: { from: slotIn(1), until: slotIn(9000), reason: "x" } }, "close"],
    ["no reason", { close: { from: slotIn(1), until: slotIn(2), reason: " " } }, "close"],
    ["slots at no time", { close: { from: Number.NaN, until: slotIn(2), reason: "x" } }, "close"],
  ])("%s is refused at its field", async (_, change, field) => {
    const universe = await makeUniverse();
    const accountId = await accountOf(universe, "platform");
    const seen = await previewLimitChange({ accountId, policy: "keep", ...change }, NOW);
    expect(seen).toMatchObject({
      ok: false,
      error: [{ code: "INVALID_REQUEST", field, sentence: expect.stringMatching(/\.$/) }],
    });
  });

  test.each(["", "x", "0", "99999999999999999999", "-1"])("account “%s” is not found", async (accountId) => {
    expect(await previewLimitChange({ accountId, limits: { cores: 1 }, policy: "keep" }, NOW)).toMatchObject({
      error: [{ code: "NOT_FOUND" }],
    });
  });
});
