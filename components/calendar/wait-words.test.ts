import { expect, test } from "vitest";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { waitShape, waitStart } from "./wait-words.ts";

const zones = { shown: "UTC", beside: null };
const from = Date.parse("2026-11-24T19:00:00Z");
const request: ExecutionRequest = {
  executable: { type: "notebook", image: null },
  resources: { cores: 4, memoryGiB: 8, gpus: 0 },
  durationSlots: 2,
  start: { kind: "window", from, until: from },
};

test("what is waited for says its start as it was asked for", () => {
  expect(waitStart({ request }, zones)).toBe("Tue 24 Nov 19:00 UTC");
  const open = { ...request, start: { kind: "window", from, until: from + 3_600_000 } } as const;
  expect(waitStart({ request: open }, zones)).toBe("Any time from Tue 24 Nov 19:00 UTC");
  expect(waitStart({ request: { ...request, start: { kind: "now" } } }, zones)).toBe("Any time");
});

test("and its size, with the least that would do", () => {
  expect(waitShape({ request }, 60)).toBe("4 cores, 8 GiB for 2 h");
  expect(waitShape({ request: { ...request, minDurationSlots: 1 } }, 60)).toBe(
    "4 cores, 8 GiB for 2 h, or at least 4 cores, 8 GiB for 1 h",
  );
});
