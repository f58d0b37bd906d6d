import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { ask, at } from "#lib/testing/book.ts";
import { makeUniverse, NOW } from "#lib/testing/universe.ts";
import { resizeSlots } from "./resize-slots.ts";

test("asking for offers while time is cut anew: neither fails (the real functions)", async () => {
  const u = await makeUniverse();
  const c = await database().pool.connect();
  await c.query("BEGIN");
  await c.query("LOCK TABLE accounts IN EXCLUSIVE MODE"); // as a change of a budget does
  const resized = resizeSlots({ platformName: u.platform.name, slotMinutes: 30, admin: { name: "a" }, now: NOW }).then(
    () => "ok",
    (e) => e.message,
  );
  await pause(300);
  const held = ask(u, { start: at(1) }).then(
    ({ result }) => (result.ok ? "ok" : (result.error.refusals[0]?.code ?? "")),
    (e) => e.message,
  );
  await pause(300);
  await c.query("COMMIT");
  c.release();
  const answers = [await held, await resized];
  expect(answers.join(" ")).not.toContain("deadlock");
  console.log(answers);
});
