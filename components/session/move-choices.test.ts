import { expect, test } from "vitest";
import type { CalendarView } from "#lib/api/view.ts";
import { moveChoices } from "./move-choices.ts";

const hour = 3_600_000;
const start = Date.parse("2026-11-24T19:00:00Z");
const limit = { cores: 4, memoryGiB: 16, gpus: 0 };
const noBudget = { coreHours: null, gpuHours: null };
/** Slots with that many cores taken, by whom does not matter; a text closes one. */
function view(slots: (number | string)[], coreHours: number | null = null): CalendarView {
  return {
    platform: { name: "local", slotMinutes: 60, windowHours: slots.length, limit },
    slots: slots.map((used, index) => {
      const entry = { used: { cores: typeof used === "number" ? used : 0, memoryGiB: 0, gpus: 0 }, limit };
      return {
        start: start + index * hour,
        closed: typeof used === "string" ? used : null,
        accounts: { platform: entry, project: entry, user: entry },
      };
    }),
    budgets: { platform: noBudget, project: noBudget, user: { ...noBudget, coreHours } },
  } as unknown as CalendarView;
}
/** Two hours from the third slot on, with three cores. */
const booking = {
  startsAt: start + 2 * hour,
  endsAt: start + 4 * hour,
  resources: { cores: 3, memoryGiB: 1, gpus: 0 },
};
const says = (calendar: CalendarView, now = start) => moveChoices(booking, calendar, now).map((one) => one.says);

test("what a booking takes itself is no obstacle to moving it by one slot", () => {
  expect(says(view([0, 0, 3, 3, 0]))).toEqual(["free", "here", "free"]);
});

test("what others have taken is no room, and what is closed is closed", () => {
  expect(says(view([0, 2, 3, 3, "maintenance"]))).toEqual(["no room", "here", "closed"]);
});

test("it ends inside the window, and starts after now", () => {
  const starts = moveChoices(booking, view([0, 0, 3, 3, 0]), start).map(({ startsAt }) => startsAt);
  expect(starts).toEqual([start + hour, start + 2 * hour, start + 3 * hour]);
});

test("moving costs no hours that the booking has not got already", () => {
  expect(says(view([0, 0, 3, 3, 0], 6))).toEqual(["free", "here", "free"]);
  expect(says(view([0, 0, 3, 3, 0], 5))).toEqual(["no room", "here", "no room"]);
});
