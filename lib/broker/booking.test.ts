import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { findSession } from "#lib/db/sessions.ts";
import { ask, book, firstId } from "#lib/testing/book.ts";
import {
  aRequest,
  ledgerDifferences,
  makeUniverse,
  NOW,
  SLOT,
  slotIn,
  type Universe,
  usedBy,
} from "#lib/testing/universe.ts";
import { until } from "#lib/until.ts";
import { acceptOffer } from "./accept-offer.ts";
import { cancelSession } from "./cancel-session.ts";
import { expireOffers } from "./expire-offers.ts";
import { rejectOffers } from "./reject-offers.ts";
import { requestOffers } from "./request-offers.ts";

const MINUTE = 60_000;

/** Holds every ledger row of the universe until `waiting` statements wait for them, then lets all go at once. */
async function whileRowsAreLocked<T>(universe: Universe, waiting: number, race: () => Promise<T>): Promise<T> {
  const holder = new Client({ connectionString: database().url });
  await holder.connect();
  try {
    await holder.query("BEGIN");
    await holder.query(
      "SELECT FROM ledger l JOIN accounts a ON a.id = l.account_id WHERE a.platform_id = $1 FOR UPDATE OF l",
      [universe.platform.id],
    );
    const result = race();
    const { rows } = await holder.query("SELECT pg_backend_pid() AS pid");
    await until(
      "all wait for the rows",
      async () => {
        const blocked = await holder.query(
          `WITH RECURSIVE behind (pid) AS (SELECT $1::int UNION
             SELECT a.pid FROM pg_stat_activity a, behind b WHERE b.pid = ANY (pg_blocking_pids(a.pid)))
           SELECT count(*)::int - 1 AS waiting FROM behind`,
          [rows[0].pid],
        );
        return blocked.rows[0].waiting >= waiting;
      },
      { withinMs: 20_000 },
    );
    await holder.query("COMMIT");
    return await result;
  } finally {
    await holder.end();
  }
}

const refusalCode = (asked: Awaited<ReturnType<typeof ask>>) =>
  asked.result.ok ? "YES" : asked.result.error.refusals[0]?.code;

describe("offers", () => {
  test("a request gets up to four offers inside its window, each held on the platform", async () => {
    const universe = await makeUniverse();
    const { offers } = await ask(universe);
    expect(offers.map((offer) => new Date(offer.startsAt).toISOString().slice(11, 16))).toEqual([
      "14:00",
      "15:00",
      "16:00",
      "17:00",
    ]);
    expect(await usedBy(universe, "platform")).toEqual({ "14:00": 2, "15:00": 2, "16:00": 2, "17:00": 2 });
    expect(await usedBy(universe, "user")).toEqual({});
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("an offer is held for five minutes, but ends before its own start", async () => {
    const universe = await makeUniverse();
    const { offers } = await ask(universe, {}, 0, slotIn(1) - 2 * MINUTE);
    expect(offers.map((offer) => offer.expiresAt - (slotIn(1) - 2 * MINUTE))).toEqual(
      [119, 300, 300, 300].map((seconds) => seconds * 1_000),
    );
  });

  test("“now” books the rest of the running slot and the whole duration", async () => {
    const universe = await makeUniverse();
    const { user, offers } = await ask(universe, { start: { kind: "now" } });
    expect(offers[0]).toMatchObject({ startsAt: NOW, endsAt: slotIn(2), startsNow: true });
    const later = NOW + 3 * MINUTE;
    await acceptOffer({ offerId: firstId(offers), user, now: later });
    expect(await findSession(firstId(offers))).toMatchObject({ phase: "ACCEPTED", startsAt: later, endsAt: slotIn(2) });
    expect(await usedBy(universe, "user")).toEqual({ "13:00": 2, "14:00": 2 });
  });

  test("a full platform gives no offer, names the slot and the scarcest resource, and shows ways forward", async () => {
    const universe = await makeUniverse({ people: 2 });
    const all = { cores: 8, memoryGiB: 8, gpus: 0 };
    await book(universe, { resources: all, start: { kind: "window", from: slotIn(3), until: slotIn(3) } });
    const asked = await ask(universe, { start: { kind: "window", from: slotIn(3), until: slotIn(3) } }, 1);
    if (asked.result.ok) throw new Error("expected a no");
    expect(asked.result.error.refusals[0]).toMatchObject({ code: "NO_CAPACITY", slot: slotIn(3) });
    expect(asked.result.error.refusals[0]?.sentence).toBe("You asked for 2 cores; then the platform has 0 cores left.");
    expect(asked.result.error.ways.map((way) => [way.kind, way.startsAt])).toEqual([
      ["earlier", slotIn(2)],
      ["later", slotIn(4)],
    ]);
    for (const { request } of asked.result.error.ways) {
      expect((await ask(universe, request, 1)).offers).toHaveLength(1);
    }
  });

  test("where something smaller fits, it is proposed and can be had", async () => {
    const universe = await makeUniverse({ people: 2 });
    const start = { kind: "window" as const, from: slotIn(3), until: slotIn(3) };
    await book(universe, { resources: { cores: 7, memoryGiB: 8, gpus: 0 }, start });
    const asked = await ask(universe, { start }, 1);
    const smaller = asked.result.ok ? undefined : asked.result.error.ways.find((way) => way.kind === "smaller");
    expect(smaller?.request.resources).toEqual({ cores: 1, memoryGiB: 4, gpus: 0 });
    expect((await ask(universe, smaller?.request, 1)).offers).toHaveLength(1);
  });

  test("a user's own limit counts although the platform has room, and the project's too", async () => {
    const user = await makeUniverse({ userLimit: { cores: 3, memoryGiB: 32, gpus: 0 } });
    expect(refusalCode(await ask(user, { resources: { cores: 4, memoryGiB: 4, gpus: 0 } }))).toBe("QUOTA_REACHED");
    const project = await makeUniverse({ projectLimit: { cores: 3, memoryGiB: 32, gpus: 0 } });
    expect(refusalCode(await ask(project, { resources: { cores: 4, memoryGiB: 4, gpus: 0 } }))).toBe("QUOTA_REACHED");
  });

  test("nobody can hold the platform with ever more offers", async () => {
    const universe = await makeUniverse({ offerSets: 2 });
    expect([
      refusalCode(await ask(universe)),
      refusalCode(await ask(universe)),
      refusalCode(await ask(universe)),
    ]).toEqual(["YES", "YES", "TOO_MANY_OFFERS"]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("a closed slot is offered to nobody", async () => {
    const universe = await makeUniverse();
    await ask(universe);
    await database().pool.query(
      `UPDATE ledger SET closed = 'maintenance' WHERE slot = $1 AND account_id IN (SELECT id FROM accounts WHERE platform_id = $2)`,
      [new Date(slotIn(1)), universe.platform.id],
    );
    const asked = await ask(universe, { start: { kind: "window", from: slotIn(1), until: slotIn(1) } });
    expect(asked.result.ok ? null : asked.result.error.refusals[0]).toMatchObject({
      code: "SLOT_CLOSED",
      sentence: "This slot is closed: maintenance.",
    });
  });
});

describe("asking again", () => {
  test("releases the earlier set, unless the new request is impossible", async () => {
    const universe = await makeUniverse();
    const { platform, projectId } = universe;
    const { user, set, offers } = await ask(universe);
    const again = (request: ReturnType<typeof aRequest>) =>
      requestOffers({ request, platform, projectId, user, instead: [set], now: NOW });
    expect((await again(aRequest({ durationSlots: 25 }))).ok).toBe(false);
    expect((await findSession(firstId(offers)))?.phase).toBe("OFFERED");
    expect((await again(aRequest())).ok).toBe(true);
    expect((await findSession(firstId(offers)))?.phase).toBe("REJECTED");
    expect(await ledgerDifferences(platform.id)).toEqual([]);
  });

  test("for a time in which no slot starts gets that said at the start", async () => {
    const universe = await makeUniverse();
    const start = { kind: "window" as const, from: slotIn(2) + 10 * MINUTE, until: slotIn(2) + 20 * MINUTE };
    const asked = await ask(universe, { start });
    if (asked.result.ok) throw new Error("expected a no");
    expect(asked.result.error.refusals[0]).toMatchObject({ code: "OUTSIDE_WINDOW", field: "start" });
    expect(asked.result.error.ways.map((way) => [way.kind, way.startsAt])).toEqual([
      ["earlier", slotIn(2)],
      ["later", slotIn(3)],
    ]);
  });
});

describe("accepting", () => {
  test("turns the hold into a booking, frees the other offers, debits user and project", async () => {
    const universe = await makeUniverse();
    const { user, offers, set } = await ask(universe);
    const second = offers[1]?.id ?? "";
    expect(await acceptOffer({ offerId: second, user, now: NOW })).toEqual({ ok: true, value: { sessionId: second } });
    for (const kind of ["platform", "project", "user"] as const)
      expect(await usedBy(universe, kind)).toEqual({ "15:00": 2 });
    const phases = await database().prisma.session.findMany({
      where: { offerSetId: set },
      orderBy: { position: "asc" },
    });
    expect(phases.map((session) => session.phase)).toEqual(["REJECTED", "ACCEPTED", "REJECTED", "REJECTED"]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("twice is a yes twice, and one booking", async () => {
    const universe = await makeUniverse();
    const { user, offers } = await ask(universe);
    const accept = () => acceptOffer({ offerId: firstId(offers), user, now: NOW });
    const answers = [...(await Promise.all([accept(), accept(), accept()])), await accept()];
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await usedBy(universe, "user")).toEqual({ "14:00": 2 });
  });

  test("two offers of one set at once give one booking", async () => {
    const universe = await makeUniverse();
    const { user, offers } = await ask(universe);
    const answers = await Promise.all(offers.map((offer) => acceptOffer({ offerId: offer.id, user, now: NOW })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.refusals[0]?.code]))).toEqual([
      "OFFER_GONE",
      "OFFER_GONE",
      "OFFER_GONE",
    ]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("is refused from the moment the offer expires, although nothing has expired it yet", async () => {
    const universe = await makeUniverse();
    const { user, offers } = await ask(universe);
    const late = await acceptOffer({ offerId: firstId(offers), user, now: offers[0]?.expiresAt ?? 0 });
    expect(late).toMatchObject({ ok: false, error: { refusals: [{ code: "OFFER_EXPIRED" }] } });
  });

  test("another user's offer is not found", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { offers } = await ask(universe);
    const stranger = universe.people[1] ?? { id: "", name: "" };
    expect(await acceptOffer({ offerId: firstId(offers), user: stranger, now: NOW })).toMatchObject({
      error: { refusals: [{ code: "NOT_FOUND" }] },
    });
  });

  test("the quota is checked again, as two offers may each be within it and both not", async () => {
    const universe = await makeUniverse({ userLimit: { cores: 3, memoryGiB: 32, gpus: 0 } });
    const one = await ask(universe);
    const two = await ask(universe);
    expect((await acceptOffer({ offerId: firstId(one.offers), user: one.user, now: NOW })).ok).toBe(true);
    const refused = await acceptOffer({ offerId: firstId(two.offers), user: two.user, now: NOW });
    expect(refused).toMatchObject({ ok: false, error: { refusals: [{ code: "QUOTA_REACHED", slot: slotIn(1) }] } });
    expect((await findSession(firstId(two.offers)))?.phase).toBe("OFFERED");
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("the cap on open bookings holds, even when all are accepted at once", async () => {
    const universe = await makeUniverse({ openBookings: 2 });
    const sets = [await ask(universe), await ask(universe), await ask(universe), await ask(universe)];
    const answers = await Promise.all(
      sets.map(({ offers, user }) => acceptOffer({ offerId: firstId(offers), user, now: NOW })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
  });
});

describe("when many ask at once", () => {
  test("the last core goes to exactly one", async () => {
    const universe = await makeUniverse({ people: 16, limit: { cores: 1, memoryGiB: 32, gpus: 0 } });
    const wanted = {
      resources: { cores: 1, memoryGiB: 1, gpus: 0 },
      start: { kind: "window" as const, from: slotIn(5), until: slotIn(5) },
    };
    const asked = await Promise.all(universe.people.map((_, person) => ask(universe, wanted, person)));
    expect(asked.filter(({ result }) => result.ok)).toHaveLength(1);
    expect(await usedBy(universe, "platform")).toEqual({ "18:00": 1 });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("the last core goes to exactly one, also when all stand at the same row before anybody may pass", async () => {
    const universe = await makeUniverse({ people: 6, limit: { cores: 1, memoryGiB: 32, gpus: 0 } });
    const wanted = {
      resources: { cores: 1, memoryGiB: 1, gpus: 0 },
      start: { kind: "window" as const, from: slotIn(5), until: slotIn(5) },
    };
    const first = await ask(universe, wanted);
    await rejectOffers({ offerSetId: first.set, user: first.user, now: NOW });
    const asked = await whileRowsAreLocked(universe, universe.people.length, () =>
      Promise.all(universe.people.map((_, person) => ask(universe, wanted, person))),
    );
    expect(asked.filter(({ result }) => result.ok)).toHaveLength(1);
    expect(await usedBy(universe, "platform")).toEqual({ "18:00": 1 });
  });

  test("a project's last core goes to exactly one, also when all accept at the same moment", async () => {
    const universe = await makeUniverse({ people: 6, projectLimit: { cores: 1, memoryGiB: 32, gpus: 0 } });
    const wanted = {
      resources: { cores: 1, memoryGiB: 1, gpus: 0 },
      start: { kind: "window" as const, from: slotIn(5), until: slotIn(5) },
    };
    const { user, sessionId } = await book(universe, wanted);
    await cancelSession({ sessionId, user, now: NOW });
    const sets = await Promise.all(universe.people.map((_, person) => ask(universe, wanted, person)));
    const answers = await whileRowsAreLocked(universe, sets.length, () =>
      Promise.all(sets.map(({ offers, user }) => acceptOffer({ offerId: firstId(offers), user, now: NOW }))),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await usedBy(universe, "project")).toEqual({ "18:00": 1 });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("bookings, cancellations and expiries across many slots never overcommit one, lose one, or wait for each other", async () => {
    const universe = await makeUniverse({ people: 12, limit: { cores: 4, memoryGiB: 32, gpus: 0 } });
    await Promise.all(
      universe.people.map(async (user, person) => {
        for (let round = 0; round < 6; round++) {
          const { offers, set } = await ask(universe, { durationSlots: 1 + ((person + round) % 3) }, person);
          if (offers.length === 0) continue;
          const offerId = offers[(person + round) % offers.length]?.id ?? "";
          if (round % 3 === 2) await rejectOffers({ offerSetId: set, user, now: NOW });
          else await acceptOffer({ offerId, user, now: NOW });
          if (round % 3 === 1) await cancelSession({ sessionId: offerId, user, now: NOW });
        }
      }),
    );
    const { rows } = await database().pool.query(
      `SELECT 1 FROM ledger l JOIN accounts a ON a.id = l.account_id WHERE a.platform_id = $1 AND l.used_cores > l.limit_cores`,
      [universe.platform.id],
    );
    expect(rows).toEqual([]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });
});

describe("giving back", () => {
  test("expired offers free what they held, and stay readable", async () => {
    const universe = await makeUniverse();
    const { offers } = await ask(universe);
    await expireOffers({ now: NOW + 5 * MINUTE });
    expect(await usedBy(universe, "platform")).toEqual({});
    expect(await findSession(firstId(offers))).toMatchObject({ phase: "EXPIRED", reason: "Not accepted in time." });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("released offers free what they held; releasing again is harmless; a stranger finds no set", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { set, user } = await ask(universe);
    const stranger = universe.people[1] ?? user;
    expect(await rejectOffers({ offerSetId: set, user: stranger, now: NOW })).toMatchObject({
      error: { code: "NOT_FOUND" },
    });
    expect((await rejectOffers({ offerSetId: set, user, now: NOW })).ok).toBe(true);
    expect((await rejectOffers({ offerSetId: set, user, now: NOW })).ok).toBe(true);
    expect(await usedBy(universe, "platform")).toEqual({});
  });

  test("a booking that is cancelled before its start gives all of it back, once", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { durationSlots: 3 });
    expect(await usedBy(universe, "user")).toEqual({ "14:00": 2, "15:00": 2, "16:00": 2 });
    const cancel = () => cancelSession({ sessionId, user, now: NOW });
    const answers = await Promise.all([cancel(), cancel(), cancel()]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    for (const kind of ["platform", "project", "user"] as const) expect(await usedBy(universe, kind)).toEqual({});
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("a booking that is cancelled during its run gives back the slots from the running one on", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { durationSlots: 3 });
    await cancelSession({ sessionId, user, now: slotIn(2) + 5 * MINUTE });
    expect(await usedBy(universe, "platform")).toEqual({ "14:00": 2 });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("another user's session is not found, an offer cannot be cancelled", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { sessionId } = await book(universe);
    const stranger = universe.people[1] ?? { id: "", name: "" };
    expect(await cancelSession({ sessionId, user: stranger, now: NOW })).toMatchObject({
      error: { code: "NOT_FOUND" },
    });
    const { offers, user } = await ask(universe);
    expect(await cancelSession({ sessionId: firstId(offers), user, now: NOW })).toMatchObject({
      error: { code: "NOT_FOUND" },
    });
  });
});

describe("impossible requests", () => {
  test.each([
    ["0 cores", { resources: { cores: 0, memoryGiB: 4, gpus: 0 } }, "cores"],
    ["10⁹ cores", { resources: { cores: 1e9, memoryGiB: 4, gpus: 0 } }, "cores"],
    ["half a GiB", { resources: { cores: 1, memoryGiB: 0.5, gpus: 0 } }, "memoryGiB"],
    ["−1 GPUs", { resources: { cores: 1, memoryGiB: 4, gpus: -1 } }, "gpus"],
    ["NaN cores", { resources: { cores: Number.NaN, memoryGiB: 4, gpus: 0 } }, "cores"],
    ["a duration of nothing", { durationSlots: 0 }, "durationSlots"],
    ["a duration beyond the window", { durationSlots: 25 }, "durationSlots"],
    [
      "a start in the past",
      { start: { kind: "window" as const, from: SLOT - 7_200_000, until: SLOT - 3_600_000 } },
      "start",
    ],
    ["a start beyond the window", { start: { kind: "window" as const, from: slotIn(24), until: slotIn(30) } }, "start"],
    [
      "a window that ends before it begins",
      { start: { kind: "window" as const, from: slotIn(3), until: slotIn(2) } },
      "start",
    ],
    [
      "a start at no time",
      { start: { kind: "window" as const, from: Number.POSITIVE_INFINITY, until: 1e300 } },
      "start",
    ],
  ])("%s get a sentence at the field, and leave nothing behind", async (_, wanted, field) => {
    const universe = await makeUniverse();
    const asked = await ask(universe, wanted);
    expect(asked.result).toMatchObject({
      ok: false,
      error: { refusals: [{ field, sentence: expect.stringMatching(/\.$/) }] },
    });
    expect(await usedBy(universe, "platform")).toEqual({});
  });
});
