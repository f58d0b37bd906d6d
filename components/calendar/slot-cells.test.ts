import { expect, test } from "vitest";
import type { CalendarView, OfferView, SessionView } from "#lib/api/view.ts";
import type { SlotCapacity } from "#lib/booking/capacity.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { slotCells } from "./slot-cells.ts";

const start = Date.parse("2026-11-24T19:00:00Z");
const hour = 3_600_000;
const limit: Resources = { cores: 8, memoryGiB: 32, gpus: 0 };
const shape: Resources = { cores: 2, memoryGiB: 8, gpus: 0 };
const nothing: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };

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
    readiness: { ready: true, what: "" },
  },
  slots,
  sessions: [],
  offerSets: [],
  bookings: { open: 0, limit: 5 },
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

test("for several slots the tightest speaks, and it is named", () => {
  const cells = slotCells(view([slot(0), slot(1, 7), slot(2)]), shape, 2, start);
  expect(cells.map(({ kind }) => kind)).toEqual(["smaller", "smaller", "full"]);
  expect(cells[0]).toMatchObject({ tightest: start + hour, most: { cores: 1 } });
});

test("a start whose session would end after the window is too late", () => {
  const cells = slotCells(view([slot(0), slot(1)]), shape, 2, start);
  expect(cells.map(({ isTooLate }) => isTooLate)).toEqual([false, true]);
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
