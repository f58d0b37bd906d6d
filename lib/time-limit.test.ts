import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { withinTime } from "./time-limit.ts";

const never = new AbortController().signal;
/** Ends only when it is told to. */
const untilTold = (signal: AbortSignal) => pause(60_000, undefined, { signal });

test("work that takes too long is told to end, and says so", async () => {
  const error = await withinTime(never, 5, untilTold).catch((thrown) => thrown);
  expect(error.cause).toMatchObject({ name: "TimeoutError", message: "not done within 5 ms" });
});

test("work ends when its caller is told to, also before it began", async () => {
  const stop = new AbortController();
  const working = withinTime(stop.signal, 60_000, untilTold);
  stop.abort(new Error("stopped"));
  await expect(working).rejects.toMatchObject({ cause: { message: "stopped" } });
  await expect(withinTime(stop.signal, 60_000, untilTold)).rejects.toMatchObject({ cause: { message: "stopped" } });
});

test("what is done in time is given back, and what fails fails", async () => {
  expect(await withinTime(never, 60_000, async () => 42)).toBe(42);
  await expect(withinTime(never, 60_000, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});
