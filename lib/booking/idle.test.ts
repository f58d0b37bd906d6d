import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idleState } from "./idle.ts";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 26, 12);

const rules = fc.record({ idleMinutes: fc.integer({ min: 1, max: 240 }), graceMinutes: fc.nat(60) });
const times = fc.integer({ min: -600 * MINUTE, max: 600 * MINUTE }).map((offset) => NOON + offset);
const activities = fc.record({ now: times, since: times, lastActivity: times, rule: rules });

const rank = { used: 0, warn: 1, release: 2 };

describe("whatever the times", () => {
  test("without use a session only goes from used to warned to released", () => {
    fc.assert(
      fc.property(activities, fc.nat(600 * MINUTE), (activity, more) => {
        fc.pre(activity.lastActivity <= activity.now);
        const later = idleState({ ...activity, now: activity.now + more });
        expect(rank[later.state]).toBeGreaterThanOrEqual(rank[idleState(activity).state]);
      }),
    );
  });

  test("a warned session is released at the time it was told and not a millisecond before", () => {
    fc.assert(
      fc.property(activities, (activity) => {
        const warned = idleState(activity);
        if (warned.state !== "warn") return;
        expect(warned.releaseAt).toBeGreaterThan(activity.now);
        expect(idleState({ ...activity, now: warned.releaseAt - 1 })).toEqual(warned);
        expect(idleState({ ...activity, now: warned.releaseAt })).toEqual({ state: "release" });
      }),
    );
  });

  test("who has just used it keeps it", () => {
    fc.assert(
      fc.property(activities, (activity) => {
        expect(idleState({ ...activity, lastActivity: activity.now })).toEqual({ state: "used" });
      }),
    );
  });

  test("a last activity in the future counts as one just now", () => {
    fc.assert(
      fc.property(activities, fc.nat(600 * MINUTE), (activity, ahead) => {
        const { now } = activity;
        expect(idleState({ ...activity, lastActivity: now + ahead })).toEqual(
          idleState({ ...activity, lastActivity: now }),
        );
      }),
    );
  });

  test("nobody is warned before the session was there for that long", () => {
    fc.assert(
      fc.property(activities, (activity) => {
        if (activity.now - activity.since >= activity.rule.idleMinutes * MINUTE) return;
        expect(idleState(activity)).toEqual({ state: "used" });
      }),
    );
  });

  test("a platform that cannot tell never takes a session away", () => {
    fc.assert(
      fc.property(activities, (activity) => {
        expect(idleState({ ...activity, lastActivity: null })).toEqual({ state: "used" });
      }),
    );
  });
});

describe("examples: warned after 30 minutes, released after 10 more, available since 12:00", () => {
  const at = (minute: number, lastActivity: number | null = -5) =>
    idleState({
      now: NOON + minute * MINUTE,
      since: NOON,
      lastActivity: lastActivity === null ? null : NOON + lastActivity * MINUTE,
      rule: { idleMinutes: 30, graceMinutes: 10 },
    });

  test("never used: used until 12:30, warned until 12:40, then released", () => {
    expect(at(29)).toEqual({ state: "used" });
    expect(at(30)).toEqual({ state: "warn", releaseAt: NOON + 40 * MINUTE });
    expect(at(39)).toEqual({ state: "warn", releaseAt: NOON + 40 * MINUTE });
    expect(at(40)).toEqual({ state: "release" });
  });

  test("somebody who comes back after the warning keeps the session", () => {
    expect(at(36, 35)).toEqual({ state: "used" });
    expect(at(65, 35)).toEqual({ state: "warn", releaseAt: NOON + 75 * MINUTE });
  });

  test("a platform whose clock is ahead says it was used just now", () => {
    expect(at(50, 55)).toEqual({ state: "used" });
  });

  test("a platform that cannot tell: used", () => {
    expect(at(600, null)).toEqual({ state: "used" });
  });
});
