import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttled } from "./throttled.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first is done at once, many in between once at the end, and none after a stop", () => {
  let done = 0;
  const { call, stop } = throttled(() => done++, 500);
  call();
  expect(done).toBe(1);
  for (let index = 0; index < 20; index++) call();
  vi.advanceTimersByTime(499);
  expect(done).toBe(1);
  vi.advanceTimersByTime(1);
  expect(done).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(done).toBe(2);
  call();
  call();
  stop();
  vi.advanceTimersByTime(5_000);
  expect(done).toBe(3);
});
