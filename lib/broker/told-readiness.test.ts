import { expect, test } from "vitest";
import { database } from "#lib/db/client.ts";
import type { Launcher, Readiness } from "#lib/launch/launcher.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { makeUniverse, NOW } from "#lib/testing/universe.ts";
import { platformReadiness } from "./platform-readiness.ts";
import { readAccounts } from "./read-accounts.ts";
import { tellReadiness } from "./tell-readiness.ts";
import { readTold, type ToldReadiness, toTell } from "./told-readiness.ts";

const SECOND = 1_000;
const signal = AbortSignal.timeout(600_000);
const well: Readiness = { ready: true, what: "CANFAR" };
const down = (cure = "Meridian asks it again at 14:05:00 UTC."): Readiness => ({
  ready: false,
  why: "It does not answer.",
  cure,
  isPassing: true,
});

/** What the platform's launcher says in these tests, in whatever process. */
let says: Readiness = well;
provideLauncher({ kind: "far", readiness: async () => says } as Partial<Launcher> as Launcher);

async function farPlatform() {
  const { platform } = await makeUniverse({ kind: "far" });
  await database().pool.query("UPDATE platforms SET provider = 'ivoa' WHERE id = $1", [platform.id]);
  return { ...platform, provider: "ivoa" };
}
type Far = Awaited<ReturnType<typeof farPlatform>>;
const tell = (platform: Far, readiness: Readiness, now: number, by = "one") => {
  says = readiness;
  return tellReadiness({ platform, now, signal, by });
};

test("what a worker saw is what every page says, until nobody has told it for two minutes", async () => {
  const platform = await farPlatform();
  expect(await platformReadiness(platform, NOW)).toMatchObject({ ready: true });
  await tell(platform, down(), NOW);
  expect(await platformReadiness(platform, NOW + 119 * SECOND)).toEqual(down());
  expect(await platformReadiness(platform, NOW + 120 * SECOND)).toMatchObject({ ready: true });
});

test("the administrator's page has it for each platform", async () => {
  const platform = await farPlatform();
  await tell(platform, down(), NOW);
  const all = await readAccounts({ now: NOW });
  expect(all.find((one) => one.platform.id === platform.id)?.readiness).toEqual(down());
});

test("a worker that has not asked the platform does not hide the trouble that another one has", async () => {
  const platform = await farPlatform();
  await tell(platform, down(), NOW, "busy");
  await tell(platform, well, NOW + 5 * SECOND, "idle");
  expect(await platformReadiness(platform, NOW + 5 * SECOND)).toEqual(down());
  await tell(platform, well, NOW + 10 * SECOND, "busy");
  expect(await platformReadiness(platform, NOW + 10 * SECOND)).toEqual(well);
});

test("the trouble of a worker that died is over half a minute later", async () => {
  const platform = await farPlatform();
  await tell(platform, down(), NOW, "dead");
  await tell(platform, well, NOW + 30 * SECOND, "alive");
  expect(await platformReadiness(platform, NOW + 30 * SECOND)).toEqual(well);
});

test("the same again is written twice a minute and is no news; another word is news at once", () => {
  const told: ToldReadiness = { readiness: down(), at: NOW, by: "one" };
  expect(toTell(null, told)).toEqual({ told, isNews: true });
  expect(toTell(told, { ...told, at: NOW + 5 * SECOND })).toBeNull();
  const later = { ...told, at: NOW + 30 * SECOND };
  expect(toTell(told, later)).toEqual({ told: later, isNews: false });
  const other = { ...told, readiness: down("At 14:06:00 UTC."), at: NOW + 5 * SECOND };
  expect(toTell(told, other)).toEqual({ told: other, isNews: true });
});

test("what another version stored is as if nothing was", () => {
  expect(readTold({ ready: true })).toBeNull();
  expect(readTold(null)).toBeNull();
});
