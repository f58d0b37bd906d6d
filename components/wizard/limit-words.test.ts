import { expect, test } from "vitest";
import type { CalendarView } from "#lib/api/view.ts";
import { limitWords } from "./limit-words.ts";

const size = { cores: 8, memoryGiB: 32, gpus: 0 };
const none = { coreHours: null, gpuHours: null };
const entry = (limit = size, cores = 0) => ({ limit, used: { cores, memoryGiB: 0, gpus: 0 } });
const view = (more: Partial<CalendarView> = {}, user = entry()) =>
  ({
    platform: { slotMinutes: 60, windowHours: 1 },
    slots: [{ start: 0, closed: null, accounts: { platform: entry(), project: entry(), user } }],
    budgets: { platform: none, project: none, user: none },
    bookings: { open: 1, limit: 5 },
    heldSets: { live: 1, limit: 3 },
    ...more,
  }) as unknown as CalendarView;
const sentences = (calendar: CalendarView) => limitWords(calendar).map(({ figure, words }) => `${figure} ${words}`);

test("the limits of a person, and what is left of them", () => {
  expect(sentences(view())).toEqual([
    "8 cores, 32 GiB at the most in one slot, all there is",
    "4 of 5 bookings left",
    "1 of 3 sets of offers held",
  ]);
});

test("whose limit it is, where it is not the platform's", () => {
  expect(sentences(view({}, entry({ ...size, cores: 4 })))[0]).toBe(
    "4 cores, 32 GiB at the most in one slot, your limit",
  );
});

test("a budget says its hours, and no budget says nothing", () => {
  const budgets = { platform: none, project: { coreHours: 10.5, gpuHours: null }, user: none };
  const slots = [
    { start: 0, closed: null, accounts: { platform: entry(), project: entry(size, 2), user: entry() } },
  ] as unknown as CalendarView["slots"];
  expect(sentences(view({ budgets, slots, bookings: { open: 9, limit: null } }))[1]).toBe(
    "8.5 of 10.5 core-hours left in this window, your project’s limit",
  );
});
