import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidates } from "#lib/booking/candidates.ts";
import { phases } from "#lib/booking/phase.ts";
import { readInstant } from "../iso8601/read-instant.ts";
import { readInterval } from "../iso8601/read-interval.ts";
import { scheduledExecutionSession } from "../standard/sessions.ts";
import { showSchedule } from "./show-schedule.ts";
import { showSession } from "./show-session.ts";
import { modifiedAt, nextTurn, type ShownSession, shownPhase, storedPhases } from "./shown-session.ts";
import { strictParse } from "./strict-parse.ts";

const NOW = Date.UTC(2026, 10, 26, 13, 24);
const HOUR = 3_600_000;
const looking = {
  userId: "alice",
  baseUrl: "https://m.example.org/api/broker/v1",
  siteUrl: "https://m.example.org",
  now: NOW,
};

const aSession: ShownSession = {
  id: "01a21800-0000-7000-8000-000000000001",
  name: "m-1",
  offerSetId: "01a21800-0000-7000-8000-000000000002",
  platform: { title: "This machine", settings: {} },
  prepareSeconds: 0,
  user: { id: "alice" },
  createdAt: NOW,
  asked: null,
  position: 0,
  executable: { type: "notebook", image: null },
  resources: { cores: 2, memoryGiB: 4, gpus: 0 },
  phase: "OFFERED",
  phaseSince: NOW,
  spanSince: null,
  reason: null,
  startsAt: NOW + HOUR,
  endsAt: NOW + 2 * HOUR,
  startsNow: false,
  expiresAt: NOW + 300_000,
  releasedAt: null,
  connector: null,
  note: null,
  isCovered: true,
  releaseTrouble: null,
  slotMinutes: 60,
};

const instant = (text = "") => {
  const read = readInstant(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
};
const seconds = (duration = "") => {
  const [, h = "0", m = "0", s = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  return (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000;
};

const someSession = fc
  .record({
    startsAt: fc.integer({ min: NOW, max: NOW + 24 * HOUR }),
    lengthMs: fc.integer({ min: 600_000, max: 20 * HOUR }),
    prepareSeconds: fc.nat(3600),
    startsNow: fc.boolean(),
    phase: fc.constantFrom(...phases),
  })
  .map(({ startsAt, lengthMs, startsNow, ...rest }): ShownSession => {
    const start = startsNow ? NOW + 400 : startsAt;
    return { ...aSession, ...rest, startsNow, startsAt: start, endsAt: start + lengthMs };
  });

test("a schedule is of one piece: prepared, then available, then released, to the second", () => {
  fc.assert(
    fc.property(someSession, (session) => {
      const { preparing, available, releasing } = showSchedule(session);
      const window = readInterval(available?.start ?? "");
      if (!window.ok) throw new Error(window.error);
      const { from, until } = window.value;
      expect(instant(preparing?.start) + seconds(preparing?.duration)).toBe(from);
      expect(until + seconds(available?.duration)).toBe(instant(releasing?.start));
      expect(instant(preparing?.start)).toBeGreaterThanOrEqual(Math.min(from, Math.floor(NOW / 1000) * 1000));
      // An offer to start at once may start until it expires, and a moment after.
      if (session.startsNow && session.phase === "OFFERED") expect(until).toBeGreaterThan(session.expiresAt);
    }),
  );
});

test("an offer to start at once promises what was asked, to its last moment", () => {
  const hour = Math.floor(NOW / HOUR) * HOUR;
  const startsAt = hour + 56 * 60_000;
  const offers = candidates(
    { executable: aSession.executable, resources: aSession.resources, durationSlots: 1, start: { kind: "now" } },
    { slotMinutes: 60, windowHours: 24, maxOffers: 1, offerSeconds: 300 },
    startsAt,
  );
  const [offer] = offers;
  if (!offer) throw new Error("no offer");
  const { available } = showSchedule({ ...aSession, ...offer, createdAt: startsAt, prepareSeconds: 120 });
  expect(available?.duration).toBe("PT1H");
});

test("what the clock alone changes is a change, and is told when it will be", () => {
  const early = { ...aSession, phase: "AVAILABLE" as const, startsAt: NOW + 60_000 };
  expect([nextTurn(early, NOW), modifiedAt(early, NOW)]).toEqual([NOW + 60_000, NOW]);
  expect([nextTurn(early, NOW + 60_000), modifiedAt(early, NOW + 60_000)]).toEqual([null, NOW + 60_000]);
  expect([nextTurn(aSession, NOW), modifiedAt(aSession, NOW + 300_000)]).toEqual([NOW + 300_000, NOW + 300_000]);
  const accepted = { ...aSession, phase: "ACCEPTED" as const };
  expect([nextTurn(accepted, NOW), modifiedAt(accepted, NOW + 2 * HOUR)]).toEqual([null, NOW]);
});

test("what starts at once is prepared first, as far as its slots leave time for that", () => {
  const hour = Math.floor(NOW / HOUR) * HOUR;
  // An hour was asked for, and so the rest of the running slot, 20 minutes, is had beside it.
  const startsAt = hour + 40 * 60_000;
  const session: ShownSession = {
    ...aSession,
    phase: "ACCEPTED",
    startsNow: true,
    startsAt,
    endsAt: hour + 2 * HOUR,
    prepareSeconds: 120,
  };
  const shown = (more: Partial<ShownSession> = {}) => {
    const { preparing, available } = showSchedule({ ...session, ...more });
    return [preparing?.duration, available?.start, available?.duration].map(String);
  };
  const at = (seconds: number) => new Date(startsAt + seconds * 1000).toISOString().replace(".000", "");
  expect(shown()).toEqual(["PT2M", `${at(120)}/PT0S`, "PT1H18M"]);
  // Never less than the hour.
  expect(shown({ startsAt: hour + HOUR - 60_000 })[2]).toBe("PT1H");
  // It had to start by then, and so it does.
  const asked = { request: { schedule: { requested: { start: `${at(0)}/PT10M` } } } };
  expect(shown({ asked })).toEqual(["PT0S", `${at(0)}/PT0S`, "PT1H20M"]);
});

test("in every phase it is what the standard's schema says, and nothing else", () => {
  fc.assert(
    fc.property(someSession, fc.constantFrom(null, "PREPARING", "AVAILABLE", "FINISHED"), (session, connector) => {
      const shown = showSession({ ...session, connector }, looking);
      expect(strictParse(scheduledExecutionSession, JSON.parse(JSON.stringify(shown)))).toMatchObject({
        ok: true,
        unknown: [],
      });
    }),
  );
});

describe("a session that was started before its hour", () => {
  const early: ShownSession = { ...aSession, phase: "AVAILABLE", connector: "AVAILABLE", startsAt: NOW + 60_000 };

  test("is PREPARING until then, without a link; clients take the link when it is AVAILABLE", () => {
    const before = showSession(early, looking);
    expect([before.phase, before.connectors?.[0]?.status, before.connectors?.[0]?.location]).toEqual([
      "PREPARING",
      "PREPARING",
      undefined,
    ]);
    const then = showSession(early, { ...looking, now: NOW + 60_000 });
    expect([then.phase, then.connectors?.[0]?.location]).toEqual([
      "AVAILABLE",
      `https://m.example.org/sessions/${early.id}/open`,
    ]);
  });

  test("has its link and its variables for its owner only", () => {
    const executable = { type: "headless" as const, image: "x/y:1", environment: { TOKEN: "hidden" } };
    const now = NOW + 60_000;
    const stranger = { ...looking, userId: "admin", now };
    expect(JSON.stringify(showSession(early, stranger))).not.toContain("/open");
    expect(showSession(early, stranger).meta).not.toHaveProperty("options");
    expect(JSON.stringify(showSession({ ...early, executable }, stranger))).not.toContain("hidden");
    expect(JSON.stringify(showSession({ ...early, executable }, { ...looking, now }))).toContain("hidden");
  });
});

test("whatever a session is shown as, it is found under that phase", () => {
  fc.assert(
    fc.property(someSession, fc.integer({ min: NOW - HOUR, max: NOW + 30 * HOUR }), (session, now) => {
      expect(storedPhases([shownPhase(session, now)])).toContain(session.phase);
    }),
  );
});
