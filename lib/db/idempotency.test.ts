import { beforeAll, expect, test } from "vitest";
import { makeUniverse, NOW, personOf } from "#lib/testing/universe.ts";
import { claimKey, forgetKeys, giveUpKey, KEY_LIFETIME_MS, keepAnswer } from "./idempotency.ts";

let alice: string;
let bob: string;
const MINUTE = 60_000;

beforeAll(async () => {
  const universe = await makeUniverse({ people: 2 });
  [alice, bob] = [personOf(universe, 0).id, personOf(universe, 1).id];
});

const of = (userId: string, key: string, asked = "a", startedAt = NOW) => ({ userId, key, asked, startedAt });

test("of many who claim a key at once, one has it", async () => {
  const claims = await Promise.all(Array.from({ length: 10 }, () => claimKey(alice, "race", "a", NOW)));
  expect(claims.filter((claim) => claim === "claimed")).toHaveLength(1);
  expect(claims.filter((claim) => claim === "running")).toHaveLength(9);
});

test("a key is its user's own, and stands for one question", async () => {
  expect(await claimKey(alice, "mine", "a", NOW)).toBe("claimed");
  expect(await claimKey(bob, "mine", "b", NOW)).toBe("claimed");
  await keepAnswer(of(alice, "mine"), { status: 200, z: 1, a: 2 });
  expect(JSON.stringify(await claimKey(alice, "mine", "a", NOW))).toBe('{"answer":{"status":200,"z":1,"a":2}}');
  expect(await claimKey(alice, "mine", "other", NOW)).toBe("other");
});

test("an answer is kept for a day, and then the key is free", async () => {
  await claimKey(alice, "day", "a", NOW);
  await keepAnswer(of(alice, "day"), { status: 200 });
  expect(await claimKey(alice, "day", "b", NOW + KEY_LIFETIME_MS)).toBe("other");
  expect(await claimKey(alice, "day", "b", NOW + KEY_LIFETIME_MS + 1)).toBe("claimed");
});

test("who failed gives the key up; who died loses it after two minutes", async () => {
  await claimKey(alice, "failed", "a", NOW);
  await giveUpKey(of(alice, "failed"));
  expect(await claimKey(alice, "failed", "a", NOW)).toBe("claimed");
  expect(await claimKey(alice, "failed", "a", NOW + 2 * MINUTE)).toBe("running");
  expect(await claimKey(alice, "failed", "a", NOW + 2 * MINUTE + 1)).toBe("claimed");
});

test("who was taken for dead and wakes up changes nothing of whoever has the key then", async () => {
  await claimKey(alice, "woken", "a", NOW);
  expect(await claimKey(alice, "woken", "a", NOW + 2 * MINUTE + 1)).toBe("claimed");
  await keepAnswer(of(alice, "woken"), { status: 1 });
  await giveUpKey(of(alice, "woken"));
  expect(await claimKey(alice, "woken", "a", NOW + 2 * MINUTE + 2)).toBe("running");
  await keepAnswer(of(alice, "woken", "a", NOW + 2 * MINUTE + 1), { status: 2 });
  expect(await claimKey(alice, "woken", "a", NOW + 2 * MINUTE + 2)).toEqual({ answer: { status: 2 } });
});

test("what need not be kept any more is forgotten", async () => {
  await claimKey(bob, "old", "a", NOW - 2 * KEY_LIFETIME_MS - 1);
  await keepAnswer(of(bob, "old", "a", NOW - 2 * KEY_LIFETIME_MS - 1), { status: 200 });
  expect(await forgetKeys(NOW)).toBeGreaterThanOrEqual(1);
  expect(await claimKey(bob, "old", "b", NOW - 2 * KEY_LIFETIME_MS)).toBe("claimed");
});
