import { describe, expect, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { findSession } from "#lib/db/sessions.ts";
import { at, book, cores } from "#lib/testing/book.ts";
import { ledgerDifferences, makeUniverse, NOW, slotIn } from "#lib/testing/universe.ts";
import { bookOccurrences } from "./book-occurrences.ts";
import { cancelSession } from "./cancel-session.ts";
import { endSeries, repeatSession } from "./repeat-session.ts";

const DAY = 86_400_000;

const startsOf = async (seriesId: string) =>
  (
    await database().prisma.session.findMany({ where: { seriesId, phase: "ACCEPTED" }, orderBy: { startsAt: "asc" } })
  ).map(({ startsAt }) => startsAt.getTime());

describe("every night at the same time", () => {
  test("is a booking of its own for each night, with one parent, as far as the window goes", async () => {
    const universe = await makeUniverse({ windowHours: 96 });
    const { user, sessionId } = await book(universe, { start: at(13) });
    const repeated = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
    if (!repeated.ok) throw new Error(repeated.error.sentence);
    const { seriesId } = repeated.value;
    expect(await startsOf(seriesId)).toEqual([0, 1, 2, 3].map((days) => slotIn(13) + days * DAY));
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("goes on as the window rolls, until its end", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(13) });
    const until = slotIn(13) + 2 * DAY;
    const repeated = await repeatSession({ sessionId, user, every: "day", until, now: NOW });
    const seriesId = repeated.ok ? repeated.value.seriesId : "";
    expect(await startsOf(seriesId)).toEqual([slotIn(13)]);
    for (let hours = 1; hours < 96; hours++) await bookOccurrences({ now: slotIn(hours) });
    expect(await startsOf(seriesId)).toEqual([0, 1, 2].map((days) => slotIn(13) + days * DAY));
  });

  test("a night without room is tried again until it begins, and then the series goes on", async () => {
    const universe = await makeUniverse({ people: 2, windowHours: 72 });
    const { user, sessionId } = await book(universe, { start: at(13) });
    const night = { kind: "window", from: slotIn(13) + DAY, until: slotIn(13) + DAY } as const;
    const taken = await book(universe, { start: night, resources: cores(8) }, 1);
    const repeated = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
    const seriesId = repeated.ok ? repeated.value.seriesId : "";
    expect(await startsOf(seriesId)).toEqual([slotIn(13)]);
    const series = await database().prisma.series.findUniqueOrThrow({ where: { id: seriesId } });
    expect(series.trouble).toContain("the platform has 0 cores left");
    await cancelSession({ ...taken, now: NOW });
    await bookOccurrences({ now: NOW + 60_000 });
    expect(await startsOf(seriesId)).toEqual([0, 1, 2].map((days) => slotIn(13) + days * DAY));
  });

  test("many workers at once book each night once", async () => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(13) });
    const repeated = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
    const seriesId = repeated.ok ? repeated.value.seriesId : "";
    const now = slotIn(20);
    await Promise.all([1, 2, 3, 4].map(() => bookOccurrences({ now })));
    await bookOccurrences({ now });
    expect(await startsOf(seriesId)).toEqual([slotIn(13), slotIn(13) + DAY]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("cancelling one night leaves the others, ending the series leaves what is booked", async () => {
    const universe = await makeUniverse({ windowHours: 72 });
    const { user, sessionId } = await book(universe, { start: at(13) });
    const repeated = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
    const seriesId = repeated.ok ? repeated.value.seriesId : "";
    await cancelSession({ sessionId, user, now: NOW });
    expect(await startsOf(seriesId)).toHaveLength(2);
    expect((await endSeries({ seriesId, user })).ok).toBe(true);
    await bookOccurrences({ now: NOW + 2 * DAY });
    expect(await startsOf(seriesId)).toHaveLength(2);
  });

  test("a booking repeats once; a stranger neither repeats nor ends it", async () => {
    const universe = await makeUniverse({ people: 2 });
    const { user, sessionId } = await book(universe, { start: at(13) });
    const repeat = (who = user) => repeatSession({ sessionId, user: who, every: "week", until: null, now: NOW });
    const [one, two] = await Promise.all([repeat(), repeat()]);
    expect(one).toEqual(two);
    const stranger = universe.people[1] ?? user;
    expect(await repeat(stranger)).toMatchObject({ error: { code: "NOT_FOUND" } });
    const seriesId = one.ok ? one.value.seriesId : "";
    expect(await endSeries({ seriesId, user: stranger })).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect((await findSession(sessionId))?.series).toMatchObject({ id: seriesId, every: "week" });
  });

  test.each([Number.NaN, 0, NOW - 1, 8.64e15, 1.5])("until %s is refused", async (until) => {
    const universe = await makeUniverse();
    const { user, sessionId } = await book(universe, { start: at(13) });
    expect(await repeatSession({ sessionId, user, every: "day", until, now: NOW })).toMatchObject({
      error: { code: "INVALID_REQUEST" },
    });
  });
});
