import { expect, test } from "vitest";
import type { CalendarView, OfferView, SessionView } from "#lib/api/view.ts";
import { toCalendarEvents } from "./to-calendar-events.ts";

const start = Date.parse("2026-11-24T19:00:00Z");
const minute = 60_000;
const nothing = { cores: 0, memoryGiB: 0, gpus: 0 };
const noBudget = { coreHours: null, gpuHours: null };
const limit = { cores: 8, memoryGiB: 32, gpus: 0 };
const session = {
  id: "s1",
  phase: "RUNNING",
  startsAt: start,
  endsAt: start + 15 * minute,
  executable: { type: "notebook", image: null },
} as SessionView;
const offer = { id: "o1", startsAt: start + 15 * minute, endsAt: start + 30 * minute, expiresAt: start + 5 * minute };

const view: CalendarView = {
  now: start,
  person: { name: "alice", displayName: "Alice", role: "scientist" },
  project: { name: "demo", title: "Demo" },
  platform: {
    name: "local",
    title: "This machine",
    slotMinutes: 15,
    windowHours: 1,
    limit,
    onlyNotebooks: true,
    needsImage: false,
    choices: null,
    choicesAt: null,
    areChoicesStale: false,
    readiness: { ready: true, what: "" },
  },
  slots: [6, 0, 0, 0].map((cores, index) => ({
    start: start + index * 15 * minute,
    closed: index === 3 ? "maintenance" : null,
    accounts: {
      platform: { used: { ...nothing, cores }, limit },
      project: { used: nothing, limit },
      user: { used: nothing, limit },
    },
  })),
  budgets: { platform: noBudget, project: noBudget, user: noBudget },
  sessions: [session],
  offerSets: [{ id: "set", request: {} as never, offers: [offer as OfferView] }],
  bookings: { open: 1, limit: 5 },
  heldSets: { live: 0, limit: 3 },
  waits: [],
  others: [],
};

test("the day shows load and closed behind, bookings and holds before", () => {
  const events = toCalendarEvents(view, start);
  expect(events.map(({ id, display }) => [id, display])).toEqual([
    [`load-${start}`, "background"],
    [`closed-${start + 45 * minute}`, "background"],
    ["session-s1", "block"],
    ["offer-o1", "block"],
  ]);
});

test("events last as long as a slot does, in UTC", () => {
  const [load] = toCalendarEvents(view, start);
  expect(load).toMatchObject({ start: "2026-11-24T19:00:00.000Z", end: "2026-11-24T19:15:00.000Z" });
  expect(load?.extendedProps.matter).toEqual({ kind: "load", share: 0.75 });
});

test("an expired hold is not drawn", () => {
  expect(toCalendarEvents(view, offer.expiresAt).some(({ id }) => id === "offer-o1")).toBe(false);
});

test("what was cancelled is gone from the day, what ran stays in it", () => {
  const sessions = ["CANCELLED", "EXPIRED", "COMPLETED"].map((phase) => ({
    ...session,
    id: phase,
    phase,
  })) as SessionView[];
  const events = toCalendarEvents({ ...view, sessions, offerSets: [] }, start);
  expect(events.filter(({ display }) => display === "block").map(({ id }) => id)).toEqual(["session-COMPLETED"]);
});
