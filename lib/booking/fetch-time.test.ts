import { expect, test } from "vitest";
import { fetchSeconds } from "./fetch-time.ts";

const MB = 1e6;

test("files take as long as all of them together, at the platform's speed", () => {
  const files = [{ bytes: 60 * MB }, { bytes: null, about: 41 * MB }, { bytes: null }];
  expect(fetchSeconds(files, { fetchMBps: 10 })).toBe(11);
  expect(fetchSeconds(files, {})).toBe(3);
  expect(fetchSeconds(files, null)).toBe(3);
  expect(fetchSeconds([], {})).toBe(0);
});

test("what somebody vouches for counts before what somebody guesses", () => {
  expect(fetchSeconds([{ bytes: 10 * MB, about: 900 * MB }], { fetchMBps: 1 })).toBe(10);
});
