import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextOccurrence, occurrencesIn } from "./occurrences.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const times = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2026, 11, 31) });
const seriesOfSlots = fc.record({ startsAt: times, every: fc.constantFrom("day" as const, "week" as const) });
const spans = fc.tuple(times, fc.nat(30 * DAY)).map(([start, length]) => ({ start, end: start + length }));
const period = { day: DAY, week: 7 * DAY };

describe("whatever repeats", () => {
  test("the next occurrence is after the time asked, whole periods after the first, and none is left out", () => {
    fc.assert(
      fc.property(seriesOfSlots, times, (series, after) => {
        const next = nextOccurrence(series, after);
        expect(next).toBeGreaterThan(after);
        expect(next).toBeGreaterThanOrEqual(series.startsAt);
        expect((next - series.startsAt) % period[series.every]).toBe(0);
        const before = next - period[series.every];
        expect(before <= after || before < series.startsAt).toBe(true);
      }),
    );
  });

  test("the occurrences in a span are the ones that come after another in it", () => {
    fc.assert(
      fc.property(seriesOfSlots, spans, fc.option(times), (series, span, until) => {
        const stepped: number[] = [];
        for (let at = series.startsAt; at < span.end; at = nextOccurrence(series, at)) {
          if (at >= span.start && (until === null || at <= until)) stepped.push(at);
        }
        expect(occurrencesIn(series, span, until)).toEqual(stepped);
      }),
    );
  });

  test("a span cut in two has the same occurrences, none lost or twice at the cut", () => {
    fc.assert(
      fc.property(seriesOfSlots, spans, fc.nat(30), (series, span, days) => {
        const cut = Math.min(span.end, nextOccurrence(series, span.start) + days * DAY);
        const halves = [
          ...occurrencesIn(series, { start: span.start, end: cut }, null),
          ...occurrencesIn(series, { start: cut, end: span.end }, null),
        ];
        expect(halves).toEqual(occurrencesIn(series, span, null));
      }),
    );
  });
});

describe("examples", () => {
  const night = { startsAt: Date.UTC(2026, 10, 26, 2), every: "day" } as const;

  test("every night at 02:00: at 02:00 the next one is tomorrow's", () => {
    expect(nextOccurrence(night, Date.UTC(2026, 10, 27, 2) - 1)).toBe(Date.UTC(2026, 10, 27, 2));
    expect(nextOccurrence(night, Date.UTC(2026, 10, 27, 2))).toBe(Date.UTC(2026, 10, 28, 2));
  });

  test("before the first one, the first one is next", () => {
    expect(nextOccurrence(night, 0)).toBe(night.startsAt);
  });

  test("every week, in a window of seven days, is once", () => {
    const span = { start: Date.UTC(2026, 11, 1), end: Date.UTC(2026, 11, 8) };
    expect(occurrencesIn({ ...night, every: "week" }, span, null)).toEqual([Date.UTC(2026, 11, 3, 2)]);
  });

  test("it ends with the one that starts at the end that was named", () => {
    const span = { start: Date.UTC(2026, 10, 26), end: Date.UTC(2026, 11, 26) };
    const until = Date.UTC(2026, 10, 28, 2);
    expect(occurrencesIn(night, span, until)).toEqual([night.startsAt, Date.UTC(2026, 10, 27, 2), until]);
    expect(occurrencesIn(night, span, until - 1)).toHaveLength(2);
  });

  test("when summer time ends in Geneva the hour in UTC stays", () => {
    const summer = { startsAt: Date.UTC(2026, 9, 24, 2), every: "day" } as const;
    expect(nextOccurrence(summer, Date.UTC(2026, 9, 25, 12))).toBe(Date.UTC(2026, 9, 26, 2));
  });
});
