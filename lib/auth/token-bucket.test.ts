import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bucket, type RateRule, take } from "./token-bucket.ts";

const rule: fc.Arbitrary<RateRule> = fc.record({
  perSecond: fc.integer({ min: 1, max: 1000 }),
  burst: fc.integer({ min: 1, max: 1000 }),
});
/** Times that requests come at, in milliseconds, in order. */
const times = fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 300 }).map((gaps) => {
  let now = 0;
  return gaps.map((gap) => {
    now += gap;
    return now;
  });
});

/** The times at which something was allowed. */
function allowed(asked: readonly number[], given: RateRule): number[] {
  let bucket: Bucket | null = null;
  return asked.filter((now) => {
    const taken = take(bucket, now, given);
    bucket = taken.bucket;
    return taken.answer.ok;
  });
}

test("in no stretch of time is more allowed than the burst and what flows in meanwhile", () => {
  fc.assert(
    fc.property(times, rule, (asked, given) => {
      const done = allowed(asked, given);
      for (const [from, first] of done.entries())
        for (const [until, last] of done.entries())
          if (until >= from)
            expect(until - from + 1).toBeLessThanOrEqual(
              given.burst + ((last - first) / 1000) * given.perSecond + 1e-6,
            );
    }),
    { numRuns: 50 },
  );
});

test("who asks no faster than it flows in is never refused", () => {
  fc.assert(
    fc.property(rule, fc.integer({ min: 1, max: 200 }), (given, requests) => {
      const asked = Array.from({ length: requests }, (_, index) => index * Math.ceil(1000 / given.perSecond));
      expect(allowed(asked, given)).toHaveLength(requests);
    }),
  );
});

test("who waits as long as they were told is let in", () => {
  fc.assert(
    fc.property(rule, fc.integer({ min: 0, max: 10_000 }), (given, now) => {
      let bucket: Bucket | null = null;
      for (let asked = 0; asked <= given.burst; asked++) {
        const { answer, bucket: next } = take(bucket, now, given);
        bucket = next;
        if (asked < given.burst) expect(answer).toEqual({ ok: true, remaining: given.burst - asked - 1 });
        else if (answer.ok) throw new Error("more than the burst");
        else expect(take(bucket, now + answer.retryAfterSeconds * 1000, given).answer.ok).toBe(true);
      }
    }),
  );
});

test("a clock that goes backwards gives nothing away and locks nobody out", () => {
  const given = { perSecond: 1, burst: 1 };
  const { bucket } = take(null, 10_000, given);
  expect(take(bucket, 5_000, given)).toEqual({
    bucket: { left: 0, at: 10_000 },
    answer: { ok: false, retryAfterSeconds: 1 },
  });
  expect(take(take(bucket, 5_000, given).bucket, 11_000, given).answer.ok).toBe(true);
});

test("0 a second is no limit, and nothing is remembered", () => {
  const without = { perSecond: 0, burst: 1 };
  expect(take({ left: 0, at: 0 }, 0, without)).toEqual({
    bucket: null,
    answer: { ok: true, remaining: Number.POSITIVE_INFINITY },
  });
});
