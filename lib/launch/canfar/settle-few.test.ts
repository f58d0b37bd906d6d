import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { settleFew } from "./settle-few.ts";

const never = new AbortController().signal;
const people = Array.from({ length: 11 }, (_, index) => index);

test("no more than four are asked at once, everybody once, and each answer is found where its question was", async () => {
  let now = 0;
  let most = 0;
  const answers = await settleFew(
    people,
    4,
    async (person) => {
      most = Math.max(most, ++now);
      for (let turns = 0; turns < 3 * ((person % 3) + 1); turns++) await turn();
      now--;
      if (person === 2) throw new Error("signed out");
      return person * 10;
    },
    never,
  );
  expect(most).toBe(4);
  expect(answers.map((one) => (one.status === "fulfilled" ? one.value : one.reason.message))).toEqual(
    people.map((person) => (person === 2 ? "signed out" : person * 10)),
  );
});

test("with nobody there is nothing to wait for", async () => {
  expect(await settleFew([], 4, async () => 1, never)).toEqual([]);
});

test("once it is told to stop nobody else is asked, and it says so", async () => {
  const stop = new AbortController();
  const asked: number[] = [];
  const asking = settleFew(
    people,
    2,
    async (person) => {
      asked.push(person);
      if (person === 3) stop.abort(new Error("no time left"));
    },
    stop.signal,
  );
  await expect(asking).rejects.toThrow("no time left");
  expect(asked.length).toBeLessThan(6);
});
