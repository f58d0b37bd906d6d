import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inSlotsOf } from "./in-slots-of.ts";
import { checkRequest, type ExecutionRequest } from "./request.ts";
import { resourceNames } from "./resources.ts";

const now = Date.UTC(2026, 10, 26, 13, 24);
const platform = { slotMinutes: 60, windowHours: 24, limit: { cores: 8, memoryGiB: 32, gpus: 0 } };
const request: ExecutionRequest = {
  executable: { type: "notebook", image: null },
  resources: { cores: 4, memoryGiB: 16, gpus: 0 },
  durationSlots: 2,
  start: { kind: "now" },
};
const least = { cores: 1, memoryGiB: 1, gpus: 0 };
const refusalsOf = (wish: Partial<ExecutionRequest>) => checkRequest({ ...request, ...wish }, platform, now);

describe("a request of a range", () => {
  test("is possible when its least is, however much is wished", () => {
    expect(refusalsOf({ minResources: least, minDurationSlots: 1 })).toEqual([]);
    const resources = { cores: 1000, memoryGiB: 1000, gpus: 4 };
    expect(refusalsOf({ resources, minResources: least, durationSlots: 1000, minDurationSlots: 1 })).toEqual([]);
  });

  test("is impossible when even its least is more than the platform has, or longer than the window", () => {
    const minResources = { cores: 9, memoryGiB: 33, gpus: 1 };
    const resources = { cores: 16, memoryGiB: 64, gpus: 2 };
    expect(refusalsOf({ resources, minResources, durationSlots: 30, minDurationSlots: 25 })).toMatchObject([
      { code: "BEYOND_PLATFORM", field: "cores", sentence: "The whole platform has 8 cores; ask for no more." },
      { code: "BEYOND_PLATFORM", field: "memoryGiB" },
      { code: "BEYOND_PLATFORM", field: "gpus", sentence: "This platform has no GPUs." },
      { code: "OUTSIDE_WINDOW", field: "durationSlots" },
    ]);
  });

  test("with a least above its most says both", () => {
    const minResources = { cores: 5, memoryGiB: 16, gpus: 0 };
    expect(refusalsOf({ minResources, minDurationSlots: 3 })).toMatchObject([
      { code: "INVALID_REQUEST", field: "cores", sentence: "You asked for at least 5 cores and at most 4 cores." },
      {
        code: "INVALID_REQUEST",
        field: "durationSlots",
        sentence: "You asked for at least 3 slots and at most 2 slots.",
      },
    ]);
  });
});

test("a request without a least must be possible as a whole", () => {
  expect(refusalsOf({ resources: { cores: 9, memoryGiB: 1, gpus: 0 } })).toMatchObject([{ code: "BEYOND_PLATFORM" }]);
  expect(refusalsOf({ durationSlots: 25 })).toMatchObject([{ code: "OUTSIDE_WINDOW", field: "durationSlots" }]);
});

describe("amounts that cannot be", () => {
  const odd = fc.oneof(
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53, 1e300, -0.5, 1.5, -1),
    fc.double({ max: -Number.MIN_VALUE }),
    fc.integer({ max: -1 }),
    fc.double({ noInteger: true }),
  );

  test.each(resourceNames)("%s: refused at the field, as the most and as the least, never an exception", (name) => {
    fc.assert(
      fc.property(odd, (amount) => {
        const resources = { ...request.resources, [name]: amount };
        const minResources = { ...least, [name]: amount };
        const both = { resources, minResources };
        for (const wish of [{ resources }, { resources, minResources: least }, { minResources }, both])
          expect(refusalsOf(wish)).toMatchObject([{ code: "INVALID_REQUEST", field: name }]);
      }),
    );
  });

  test("duration: the same", () => {
    fc.assert(
      fc.property(odd, (slots) => {
        const both = { durationSlots: slots, minDurationSlots: slots };
        for (const wish of [{ durationSlots: slots }, { durationSlots: slots, minDurationSlots: 1 }, both])
          expect(refusalsOf(wish)).toMatchObject([{ code: "INVALID_REQUEST", field: "durationSlots" }]);
        expect(refusalsOf({ minDurationSlots: slots })).toMatchObject([{ field: "durationSlots" }]);
      }),
    );
  });

  test("start: a time that cannot be written down is refused at the field", () => {
    fc.assert(
      fc.property(fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1, 0.5, -1e300), (at) => {
        for (const start of [
          { kind: "window" as const, from: at, until: now },
          { kind: "window" as const, from: now, until: at },
        ])
          expect(refusalsOf({ start })).toMatchObject([{ code: "INVALID_REQUEST", field: "start" }]);
      }),
    );
  });
});

test("on a platform with other slots a request is as long, or longer by less than a slot there", () => {
  const quarter = { slotMinutes: 15, windowHours: 24 };
  expect(inSlotsOf(request, platform, quarter)).toEqual({ ...request, durationSlots: 8 });
  const short = { ...request, durationSlots: 5, minDurationSlots: 1 };
  expect(inSlotsOf(short, quarter, platform)).toMatchObject({ durationSlots: 2, minDurationSlots: 1 });
});
