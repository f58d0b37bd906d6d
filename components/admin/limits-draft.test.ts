import { expect, test } from "vitest";
import type { LimitsView } from "#lib/api/view.ts";
import { draftOf, readDraft } from "./limits-draft.ts";

const before: LimitsView = {
  cores: 2,
  memoryGiB: 7,
  gpus: 0,
  coreHours: null,
  gpuHours: 4,
  openBookings: 5,
  offerSets: null,
};

test("an untouched form changes nothing", () => {
  expect(readDraft(draftOf(before), before)).toEqual({ limits: {}, problems: {} });
});

test("only what was typed anew is changed", () => {
  expect(readDraft({ ...draftOf(before), cores: " 1 ", memoryGiB: "07" }, before).limits).toEqual({ cores: 1 });
});

test("an emptied budget is no budget, and 0 is a budget of nothing", () => {
  const { limits } = readDraft({ ...draftOf(before), gpuHours: "", coreHours: "0" }, before);
  expect(limits).toEqual({ gpuHours: null, coreHours: 0 });
});

test.each(["", "-1", "1.5", "many", "1e3", "0x10", "NaN"])("cores of “%s” are no limit", (cores) => {
  const { limits, problems } = readDraft({ ...draftOf(before), cores }, before);
  expect(problems).toEqual({ cores: "A whole number, 0 or more." });
  expect(limits).toEqual({});
});
