import { expect, test } from "vitest";
import type { PlatformView } from "#lib/api/view.ts";
import { checkDraft, type Draft, nothingLess } from "./request-draft.ts";

const start = Date.parse("2026-11-24T19:00:00Z");
const window = { start, end: start + 24 * 3_600_000 };
const platform: PlatformView = {
  name: "local",
  title: "This machine",
  slotMinutes: 60,
  windowHours: 24,
  limit: { cores: 8, memoryGiB: 32, gpus: 0 },
  onlyNotebooks: true,
  needsImage: false,
  choices: null,
  choicesAt: null,
  areChoicesStale: false,
  readiness: { ready: true, what: "jupyter lab" },
};
const quarter: PlatformView = { ...platform, slotMinutes: 15 };
const draft: Draft = {
  type: "notebook",
  image: null,
  command: "",
  args: "",
  environment: "",
  cores: "4",
  memoryGiB: "16",
  gpus: "0",
  duration: "2",
  ...nothingLess,
  start: "now",
  slot: null,
};

test("a draft that is right becomes a request", () => {
  const checked = checkDraft(draft, platform, window, start);
  expect(checked.refusals).toEqual([]);
  expect(checked.request).toMatchObject({ durationSlots: 2, start: { kind: "now" }, resources: { cores: 4 } });
});

test("from a chosen slot, everything up to the window's last slot is asked for", () => {
  const slot = start + 3 * 3_600_000;
  const checked = checkDraft({ ...draft, start: "slot", slot }, platform, window, start);
  expect(checked.request?.start).toEqual({ kind: "window", from: slot, until: window.end - 3_600_000 });
});

test("without a slot one cannot start from the chosen slot", () => {
  const checked = checkDraft({ ...draft, start: "slot" }, platform, window, start);
  expect(checked.refusals).toMatchObject([{ field: "start" }]);
});

test.each([
  ["cores", "0"],
  ["cores", "1000000000"],
  ["cores", "four"],
  ["memoryGiB", ""],
  ["gpus", "1"],
  ["gpus", "-1"],
])("%s of “%s” gets a sentence at its field", (field, text) => {
  const checked = checkDraft({ ...draft, [field]: text }, platform, window, start);
  expect(checked.request).toBeNull();
  expect(checked.shape).toBeNull();
  expect(checked.refusals).toHaveLength(1);
  expect(checked.refusals[0]).toMatchObject({ field });
});

test("minutes are asked for where a slot is no hour, in whole slots", () => {
  expect(checkDraft({ ...draft, duration: "45" }, quarter, window, start).durationSlots).toBe(3);
  const checked = checkDraft({ ...draft, duration: "50" }, quarter, window, start);
  expect(checked.refusals).toMatchObject([
    { field: "durationSlots", sentence: "The duration must be a multiple of 15 minutes." },
  ]);
});

test("a duration beyond the window is refused, and the shape stays readable", () => {
  const checked = checkDraft({ ...draft, duration: "25" }, platform, window, start);
  expect(checked.refusals).toMatchObject([{ field: "durationSlots" }]);
  expect(checked.shape).toEqual({ cores: 4, memoryGiB: 16, gpus: 0 });
});

test("while one field cannot be read, the others are checked all the same", () => {
  const checked = checkDraft({ ...draft, cores: "1000000000", duration: "abc" }, platform, window, start);
  expect(checked.refusals.map(({ field }) => field).toSorted()).toEqual(["cores", "durationSlots"]);
  expect(checked.shape).toBeNull();
});

test("less is asked for only where it is filled in", () => {
  const exact = checkDraft(draft, platform, window, start).form;
  expect(Object.keys(exact).filter((field) => field.startsWith("min"))).toEqual([]);
  const { request } = checkDraft({ ...draft, minCores: "1", minDuration: "1" }, platform, window, start);
  expect(request).toMatchObject({ minResources: { cores: 1, memoryGiB: 16, gpus: 0 }, minDurationSlots: 1 });
});

test.each([
  ["minCores", "5", "cores"],
  ["minMemoryGiB", "some", "memoryGiB"],
  ["minDuration", "3", "durationSlots"],
])("a least %s of “%s” that cannot be right is said at %s", (least, text, field) => {
  const checked = checkDraft({ ...draft, [least]: text }, platform, window, start);
  expect(checked.refusals).toMatchObject([{ field }]);
});

test("a least that cannot be read does not hide what is wrong elsewhere", () => {
  const checked = checkDraft({ ...draft, minCores: "few", duration: "25" }, platform, window, start);
  expect(checked.refusals.map(({ field }) => field).toSorted()).toEqual(["cores", "durationSlots"]);
});
