import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChangedSlot, type LimitChange, planLimitChange, type StandingSession } from "./limit-change.ts";
import { mapResources, type Resources, resourceNames } from "./resources.ts";

const HOUR = 3_600_000;
const SLOT = Date.UTC(2026, 10, 26, 13);
const none: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };
const cores = (amount: number): Resources => ({ cores: amount, memoryGiB: 1, gpus: 0 });

const standsIn = (session: StandingSession, slot: ChangedSlot) =>
  session.span.start <= slot.start && slot.start < session.span.end;

const sumIn = (start: number, sessions: readonly StandingSession[]): Resources =>
  mapResources((name) =>
    sessions
      .filter(({ span }) => span.start <= start && start < span.end)
      .reduce((sum, session) => sum + session.resources[name], 0),
  );

/** The slots of an account with what the sessions use there, from 13:00 on. */
const slotsWith = (limits: readonly { limit: Resources; closed: boolean }[], sessions: readonly StandingSession[]) =>
  limits.map(({ limit, closed }, hour): ChangedSlot => {
    const start = SLOT + hour * HOUR;
    return { start, used: sumIn(start, sessions), limit, closed };
  });

/** What stands above its limit, or in a closed slot, if these sessions stay. */
const stillOver = (slots: readonly ChangedSlot[], sessions: readonly StandingSession[]) =>
  slots.filter((slot) => {
    const used = sumIn(slot.start, sessions);
    return slot.closed ? used.cores > 0 : resourceNames.some((name) => used[name] > slot.limit[name]);
  });

const someSession = fc
  .record({
    id: fc.uuid(),
    acceptedAt: fc.option(fc.integer({ min: 0, max: 5 }).map((minute) => SLOT - HOUR + minute)),
    from: fc.nat(7),
    length: fc.integer({ min: 1, max: 4 }),
    resources: fc.record({
      cores: fc.integer({ min: 1, max: 4 }),
      memoryGiB: fc.integer({ min: 1, max: 8 }),
      gpus: fc.nat(1),
    }),
  })
  .map(({ from, length, ...session }): StandingSession => {
    const start = SLOT + from * HOUR;
    return { ...session, span: { start, end: start + length * HOUR } };
  });

const someChange = fc
  .record({
    sessions: fc.uniqueArray(someSession, { selector: ({ id }) => id, maxLength: 12 }),
    limits: fc.array(
      fc.record({
        limit: fc.record({ cores: fc.nat(16), memoryGiB: fc.nat(32), gpus: fc.nat(3) }),
        closed: fc.nat(7).map((dice) => dice === 0),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    policy: fc.constantFrom("keep" as const, "cancel" as const),
  })
  .map(({ sessions, limits, policy }): LimitChange => {
    return { slots: slotsWith(limits, sessions), sessions, policy, slotMinutes: 60 };
  });

const without = (sessions: readonly StandingSession[], ids: readonly string[]) =>
  sessions.filter(({ id }) => !ids.includes(id));

const check = (property: (change: LimitChange) => void) =>
  fc.assert(fc.property(someChange, property), { numRuns: 400 });

describe("whatever stands in an account and however its limit changes", () => {
  test("with “cancel” nothing is above the limit afterwards, and nobody is honoured above it", () => {
    check((change) => {
      const plan = planLimitChange({ ...change, policy: "cancel" });
      expect(plan.over).toEqual([]);
      expect(plan.honoured).toEqual([]);
      expect(stillOver(change.slots, without(change.sessions, plan.cancelled))).toEqual([]);
    });
  });

  test("the last one to go was not cancelled needlessly: with it back, a slot is over", () => {
    check((change) => {
      const { cancelled } = planLimitChange({ ...change, policy: "cancel" });
      if (cancelled.length === 0) return;
      expect(stillOver(change.slots, without(change.sessions, cancelled.slice(0, -1)))).not.toEqual([]);
    });
  });

  test("who goes leaves a slot that was over in something they use, or that is closed", () => {
    check((change) => {
      const { cancelled } = planLimitChange(change);
      cancelled.forEach((id, index) => {
        const standing = without(change.sessions, cancelled.slice(0, index));
        const session = standing.find((one) => one.id === id) as StandingSession;
        const reasons = change.slots.filter((slot) => {
          const used = sumIn(slot.start, standing);
          const isOver = resourceNames.some((name) => session.resources[name] > 0 && used[name] > slot.limit[name]);
          return standsIn(session, slot) && (slot.closed || isOver);
        });
        expect(reasons).not.toEqual([]);
      });
    });
  });

  test("offers that are only held go first, then the latest booked", () => {
    check((change) => {
      const { cancelled } = planLimitChange(change);
      const times = cancelled.map((id) => change.sessions.find((one) => one.id === id)?.acceptedAt ?? Infinity);
      expect(times).toEqual([...times].sort((a, b) => (a === b ? 0 : b - a)));
    });
  });

  test("with “keep” only held offers go, and every booking in a slot that stays over is named", () => {
    check((change) => {
      const plan = planLimitChange({ ...change, policy: "keep" });
      const remaining = without(change.sessions, plan.cancelled);
      const over = stillOver(change.slots, remaining);
      expect(plan.cancelled.filter((id) => change.sessions.find((one) => one.id === id)?.acceptedAt !== null)).toEqual(
        [],
      );
      expect(new Set(plan.over.map(({ start }) => start))).toEqual(new Set(over.map(({ start }) => start)));
      expect(plan.over.length > 0).toBe(plan.honoured.length > 0);
      for (const id of plan.honoured) {
        const session = remaining.find((one) => one.id === id) as StandingSession;
        expect(session.acceptedAt).not.toBeNull();
        expect(over.some((slot) => standsIn(session, slot))).toBe(true);
      }
      for (const { start, resource, by } of plan.over) {
        const slot = change.slots.find((one) => one.start === start) as ChangedSlot;
        const used = sumIn(start, remaining)[resource];
        expect(by).toBe(slot.closed ? used : used - slot.limit[resource]);
        const users = remaining.filter((one) => standsIn(one, slot) && one.resources[resource] > 0);
        for (const { id } of users) expect(plan.honoured).toContain(id);
      }
    });
  });

  test("nobody is both cancelled and honoured, and nobody is named twice", () => {
    check((change) => {
      const { cancelled, honoured } = planLimitChange(change);
      expect(new Set([...cancelled, ...honoured]).size).toBe(cancelled.length + honoured.length);
    });
  });

  test("where nothing is over and nothing closed, nothing is touched", () => {
    check((change) => {
      const roomy = change.slots.map((slot) => ({ ...slot, limit: slot.used, closed: false }));
      expect(planLimitChange({ ...change, slots: roomy })).toEqual({
        cancelled: [],
        honoured: [],
        over: [],
        overBudget: [],
      });
    });
  });

  test("the plan does not depend on the order of slots and sessions, and leaves what it is given alone", () => {
    check((change) => {
      const before = structuredClone(change);
      const turned = { ...change, slots: change.slots.toReversed(), sessions: change.sessions.toReversed() };
      expect(planLimitChange(turned)).toEqual(planLimitChange(change));
      expect(change).toEqual(before);
    });
  });
});

describe("examples", () => {
  const session = (id: string, acceptedAt: number | null, use: Resources, from = 0, until = from + 1) => ({
    id,
    acceptedAt,
    span: { start: SLOT + from * HOUR, end: SLOT + until * HOUR },
    resources: use,
  });
  const limitOf = (amount: number, gpus = 4) => ({ limit: { cores: amount, memoryGiB: 64, gpus }, closed: false });
  const plan = (sessions: StandingSession[], limits: Parameters<typeof slotsWith>[0], policy: "keep" | "cancel") =>
    planLimitChange({ slots: slotsWith(limits, sessions), sessions, policy, slotMinutes: 60 });

  test("8 cores become 4: of two bookings of 4 cores the one booked later goes", () => {
    const sessions = [session("first", 1, cores(4)), session("second", 2, cores(4))];
    expect(plan(sessions, [limitOf(4)], "cancel")).toEqual({
      cancelled: ["second"],
      honoured: [],
      over: [],
      overBudget: [],
    });
  });

  test("the same with “keep”: both stay, and the slot is 4 cores above its limit", () => {
    const sessions = [session("first", 1, cores(4)), session("second", 2, cores(4))];
    expect(plan(sessions, [limitOf(4)], "keep")).toEqual({
      cancelled: [],
      honoured: ["first", "second"],
      over: [{ start: SLOT, resource: "cores", by: 4 }],
      overBudget: [],
    });
  });

  test("an offer nobody has accepted goes before any booking, whatever the policy", () => {
    const sessions = [session("booked", 9, cores(4)), session("held", null, cores(4))];
    for (const policy of ["keep", "cancel"] as const) {
      expect(plan(sessions, [limitOf(4)], policy)).toEqual({
        cancelled: ["held"],
        honoured: [],
        over: [],
        overBudget: [],
      });
    }
  });

  test("a held offer stays where releasing another one was enough", () => {
    const sessions = [session("a", null, cores(2)), session("b", null, cores(2))];
    expect(plan(sessions, [limitOf(2)], "keep").cancelled).toEqual(["b"]);
  });

  test("fewer GPUs do not concern a session without one, however late it was booked", () => {
    const sessions = [session("gpu", 1, { ...cores(1), gpus: 1 }), session("plain", 2, cores(1))];
    expect(plan(sessions, [limitOf(8, 0)], "cancel").cancelled).toEqual(["gpu"]);
    expect(plan(sessions, [limitOf(8, 0)], "keep").honoured).toEqual(["gpu"]);
  });

  test("a closed slot sends away everybody who stands in it, and nobody else", () => {
    const sessions = [
      session("through", 1, cores(1), 0, 2),
      session("in", 2, cores(1), 1),
      session("after", 3, cores(1), 2),
    ];
    const limits = [limitOf(8), { ...limitOf(8), closed: true }, limitOf(8)];
    expect(plan(sessions, limits, "cancel")).toEqual({
      cancelled: ["in", "through"],
      honoured: [],
      over: [],
      overBudget: [],
    });
    expect(plan(sessions, limits, "keep")).toEqual({
      cancelled: [],
      honoured: ["through", "in"],
      over: [{ start: SLOT + HOUR, resource: "cores", by: 2 }],
      overBudget: [],
    });
  });

  test("a session that gives back two slots makes room in both", () => {
    const sessions = [session("a", 1, cores(4), 0), session("b", 2, cores(4), 1), session("long", 3, cores(4), 0, 2)];
    expect(plan(sessions, [limitOf(4), limitOf(4)], "cancel").cancelled).toEqual(["long"]);
  });

  test("an account without sessions has nothing to lose", () => {
    const slots = [{ start: SLOT, used: none, limit: none, closed: true }];
    expect(planLimitChange({ slots, sessions: [], policy: "cancel", slotMinutes: 60 })).toEqual({
      cancelled: [],
      honoured: [],
      over: [],
      overBudget: [],
    });
  });
});
