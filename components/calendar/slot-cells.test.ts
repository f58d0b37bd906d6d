import { expect, test } from "vitest";
import type { CalendarView, OfferView, SessionView } from "#lib/api/view.ts";
import type { SlotCapacity } from "#lib/booking/capacity.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { cellWords } from "./cell-words.ts";
import { countOf, type SlotCell, slotCells } from "./slot-cells.ts";

const start = Date.parse("2026-11-24T19:00:00Z");
const hour = 3_600_000;
const limit: Resources = { cores: 8, memoryGiB: 32, gpus: 0 };
const shape: Resources = { cores: 2, memoryGiB: 8, gpus: 0 };
const nothing: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };
const noBudget = { coreHours: null, gpuHours: null };

const slot = (index: number, usedCores = 0, closed: string | null = null): SlotCapacity => ({
  start: start + index * hour,
  closed,
  accounts: {
    platform: { used: { ...nothing, cores: usedCores }, limit },
    project: { used: nothing, limit },
    user: { used: nothing, limit },
  },
});
const session = { phase: "RUNNING", startsAt: start, endsAt: start + hour } as SessionView;
const offer = { id: "o", startsAt: start + hour, endsAt: start + 2 * hour, expiresAt: start + hour } as OfferView;

const view = (slots: SlotCapacity[], more: Partial<CalendarView> = {}): CalendarView => ({
  now: start,
  person: { name: "alice", displayName: "Alice", role: "scientist" },
  project: { name: "demo", title: "Demo" },
  platform: {
    name: "local",
    title: "This machine",
    slotMinutes: 60,
    windowHours: slots.length,
    limit,
    onlyNotebooks: true,
    needsImage: false,
    choices: null,
    choicesAt: null,
    areChoicesStale: false,
    readiness: { ready: true, what: "" },
  },
  slots,
  budgets: { platform: noBudget, project: noBudget, user: noBudget },
  sessions: [],
  offerSets: [],
  bookings: { open: 0, limit: 5 },
  heldSets: { live: 0, limit: 3 },
  waits: [],
  others: [],
  ...more,
});
const kinds = (calendar: CalendarView, durationSlots = 1) =>
  slotCells(calendar, shape, durationSlots, start).map(({ kind }) => kind);

test("each slot says whether this shape fits", () => {
  expect(kinds(view([slot(0), slot(1, 7), slot(2, 8), slot(3, 0, "maintenance")]))).toEqual([
    "fits",
    "smaller",
    "full",
    "closed",
  ]);
});

test("the running slot fits only if the whole duration after it does", () => {
  const cells = slotCells(view([slot(0), slot(1, 8), slot(2)]), shape, 1, start + 60_000);
  expect(cells.map(({ kind }) => kind)).toEqual(["full", "full", "fits"]);
});

test("for several slots the tightest speaks, and it is named", () => {
  const cells = slotCells(view([slot(0), slot(1, 7), slot(2)]), shape, 2, start);
  expect(cells.map(({ kind }) => kind)).toEqual(["smaller", "smaller", "late"]);
  expect(cells[0]).toMatchObject({ tightest: start + hour, most: { cores: 1 } });
});

test("a start whose session would end after the window is too late", () => {
  const cells = slotCells(view([slot(0), slot(1)]), shape, 2, start);
  expect(cells.map(({ kind }) => kind)).toEqual(["fits", "late"]);
  expect(countOf(cells, "full")).toBe(0);
  expect(cellWords(cells[1] as SlotCell, start, "UTC")).toMatchObject({
    icon: "beyond",
    state: "Too late",
    figure: "",
  });
});

test("my booking comes before a hold, and a hold before the ledger", () => {
  const offerSets = [{ id: "s", request: {} as never, offers: [offer] }];
  expect(kinds(view([slot(0), slot(1), slot(2)], { sessions: [session], offerSets }))).toEqual([
    "mine",
    "held",
    "fits",
  ]);
});

test("what is over or expired is not mine any more", () => {
  const offerSets = [{ id: "s", request: {} as never, offers: [{ ...offer, expiresAt: start }] }];
  const over = { ...session, phase: "CANCELLED" } as SessionView;
  expect(kinds(view([slot(0), slot(1)], { sessions: [over], offerSets }))).toEqual(["fits", "fits"]);
});

test("a slot that starts before anybody could decide fits nobody; “now” still does", () => {
  const kindsAt = (now: number) => slotCells(view([slot(0), slot(1), slot(2)]), shape, 1, now).map(({ kind }) => kind);
  expect(kindsAt(start + hour - 60_000)).toEqual(["fits", "fits", "fits"]);
  expect(kindsAt(start + hour - 59_999)).toEqual(["fits", "soon", "fits"]);
  const [, next] = slotCells(view([slot(0), slot(1)]), shape, 1, start + hour - 1000);
  expect(cellWords(next as SlotCell, start + hour - 1000, "UTC").state).toBe("Starts too soon");
});

test("a closed slot is closed, however soon or late", () => {
  const cells = slotCells(view([slot(0), slot(1, 0, "maintenance")]), shape, 2, start + hour - 1000);
  expect(cells.map(({ kind }) => kind)).toEqual(["closed", "closed"]);
});

test("a session runs in the running slot; its later slots are yours", () => {
  const long = {
    ...session,
    endsAt: start + 2 * hour,
    executable: { type: "notebook", image: null },
    resources: shape,
  };
  const words = (one: object) =>
    slotCells(view([slot(0), slot(1)], { sessions: [{ ...long, ...one } as SessionView] }), shape, 1, start).map(
      (cell) => cellWords(cell, start, "UTC").state,
    );
  expect(words({})).toEqual(["Running", "Yours"]);
  expect(words({ phase: "PREPARING" })).toEqual(["Preparing", "Yours"]);
  expect(words({ phase: "WAITING", startsAt: start + hour })).toEqual(["Fits", "Booked"]);
});
