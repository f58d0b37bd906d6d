import { expect, test } from "vitest";
import { until } from "#lib/until.ts";
import { makeBeside } from "./beside.ts";

/** Work that ends when it is told to. */
function slowWork() {
  let ends = () => {};
  const ended = new Promise<void>((resolve) => {
    ends = resolve;
  });
  return { work: () => ended, ends };
}
const never = (name: string, error: unknown) => {
  throw new Error(`${name}: ${error}`);
};
const quick = async () => {};

test("while one is under way there is no second of its name, however late it is; another name is begun", async () => {
  const beside = makeBeside(never);
  const slow = slowWork();
  expect(beside("a", { everyMs: 60, now: 0 }, slow.work)).toBe(true);
  expect(beside("a", { everyMs: 60, now: 1_000 }, quick)).toBe(false);
  expect(beside("b", { everyMs: 60, now: 0 }, quick)).toBe(true);
  slow.ends();
  await until("the next one is begun", () => beside("a", { everyMs: 60, now: 1_000 }, quick), { withinMs: 5_000 });
});

test("none is begun sooner after the last than was said", async () => {
  const beside = makeBeside(never);
  beside("a", { everyMs: 60, now: 0 }, quick);
  await new Promise((resolve) => setImmediate(resolve));
  expect(beside("a", { everyMs: 60, now: 59 }, quick)).toBe(false);
  expect(beside("a", { everyMs: 60, now: 60 }, quick)).toBe(true);
});

test("trouble is told and does not keep the next one from being begun", async () => {
  const told: string[] = [];
  const beside = makeBeside((name, error) => told.push(`${name}: ${error}`));
  beside("a", { everyMs: 0, now: 0 }, () => Promise.reject("broken"));
  await until("it is told", () => told.length > 0, { withinMs: 5_000 });
  expect(told).toEqual(["a: broken"]);
  await until("the next one is begun", () => beside("a", { everyMs: 0, now: 1 }, quick), { withinMs: 5_000 });
});
