import { expect, test } from "vitest";
import type { LimitPreviewView, TouchedSessionView } from "#lib/api/view.ts";
import { plotBars, plottedResource } from "./plot-bars.ts";
import { applyWords, budgetSentences, overSpans, touchedSentence } from "./preview-words.ts";

const hour = 3_600_000;
const limits = {
  cores: 4,
  memoryGiB: 16,
  gpus: 0,
  coreHours: null,
  gpuHours: null,
  openBookings: null,
  offerSets: null,
};
const booking = (start: number, end: number, cores: number, phase: TouchedSessionView["phase"] = "ACCEPTED") => ({
  id: `${start}`,
  user: "alice",
  project: "demo",
  phase,
  acceptedAt: phase === "OFFERED" ? null : 0,
  startsAt: start * hour,
  endsAt: end * hour,
  cores,
  memoryGiB: 1,
  gpus: 0,
});
const slot = (index: number, cores: number, closed = false) => ({
  start: index * hour,
  used: { cores, memoryGiB: 1, gpus: 0 },
  closed,
});
const preview = (more: Partial<LimitPreviewView>): LimitPreviewView => ({
  before: limits,
  after: { ...limits, cores: 2 },
  closings: [],
  cancelled: [],
  honoured: [],
  over: [],
  overBudget: [],
  slots: [],
  seen: "",
  ...more,
});

test("the button says what it does", () => {
  expect(applyWords(preview({}))).toBe("Save 2 cores");
  expect(applyWords(preview({ after: { ...limits, cores: 1, coreHours: 5 } }))).toBe("Save 2 limits");
  expect(applyWords(preview({ after: { ...limits, openBookings: 1 } }))).toBe("Save 1 open booking");
  expect(applyWords(preview({ cancelled: [booking(0, 1, 1), booking(1, 2, 1), booking(2, 3, 1, "OFFERED")] }))).toBe(
    "Save 2 cores, cancel 2 bookings, release 1 offer",
  );
  expect(applyWords(preview({ closings: [{ slot: 0, closed: "disks" }], honoured: [booking(0, 1, 1)] }))).toBe(
    "Close 1 slot, keep 1 booking",
  );
  expect(applyWords(preview({ closings: [0, hour].map((slot) => ({ slot, closed: null })) }))).toBe(
    "Open 2 slots again",
  );
});

test("a change that touches nobody says so", () => {
  expect(touchedSentence(preview({}))).toBe("Nobody’s booking is touched.");
  expect(touchedSentence(preview({ honoured: [booking(0, 1, 4)] }))).toBe(
    "1 booking would be honoured above the limit.",
  );
});

test("slots that stay equally above the limit are one line; a closed one says what is still in use", () => {
  const over = [0, 1, 2].map((index) => ({ start: index * hour, resource: "cores" as const, by: 2 }));
  const spans = overSpans(preview({ over, slots: [slot(0, 4), slot(1, 4), slot(2, 2, true)] }), hour);
  expect(spans.map(({ start, end, words }) => [start / hour, end / hour, words])).toEqual([
    [0, 2, "2 cores above the limit"],
    [2, 3, "closed, 2 cores still in use"],
  ]);
});

test("a bar shows what stays within the limit, what stays above it and what goes", () => {
  const said = preview({
    slots: [slot(0, 4), slot(1, 3)],
    cancelled: [booking(1, 2, 1)],
    over: [{ start: 0, resource: "cores", by: 2 }],
  });
  expect(plottedResource(said)).toBe("cores");
  expect(plotBars(said, "cores", [0, hour, 2 * hour], hour)).toEqual([
    { start: 0, closed: false, within: 2, above: 2, gone: 0 },
    { start: hour, closed: false, within: 2, above: 0, gone: 1 },
    { start: 2 * hour, closed: false, within: 0, above: 0, gone: 0 },
  ]);
});

test("in a slot that is being closed everything that stays is too much", () => {
  const said = preview({ after: limits, closings: [{ slot: 0, closed: "disks" }], slots: [slot(0, 3)] });
  expect(plotBars(said, "cores", [0], hour)).toEqual([{ start: 0, closed: true, within: 0, above: 3, gone: 0 }]);
});

test("a change of budgets has nothing to plot", () => {
  expect(plottedResource(preview({ after: { ...limits, coreHours: 4 } }))).toBeNull();
});

test("what stays above a budget is said in hours", () => {
  expect(budgetSentences({ overBudget: [] })).toEqual([]);
  expect(
    budgetSentences({
      overBudget: [
        { resource: "cores", byHours: 6 },
        { resource: "gpus", byHours: 1 },
      ],
    }),
  ).toEqual(["The window stays 6 core-hours above the budget.", "The window stays 1 GPU-hour above the budget."]);
});
