import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { database } from "#lib/db/client.ts";
import { findPlatformById, type StoredPlatform } from "#lib/db/platforms.ts";
import { createCanfarLauncher } from "#lib/launch/canfar/canfar-launcher.ts";
import { makeCircuit } from "#lib/launch/canfar/circuit.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { ask, at } from "#lib/testing/book.ts";
import { makeUniverse, NOW, type Universe } from "#lib/testing/universe.ts";
import { readChoices, refreshChoices } from "./refresh-choices.ts";

const signal = AbortSignal.timeout(600_000);
const MINUTE = 60_000;

let skaha: Skaha;
let said: ReturnType<typeof vi.spyOn>;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
  said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  provideLauncher(
    createCanfarLauncher({
      base: new URL(`${skaha.url}/skaha/`),
      actFor: async () => ({ token: "alice-token" }),
      people: async () => ["alice"],
      pauseMs: 5,
      circuit: makeCircuit({ failures: 1000 }),
    }),
  );
});
beforeEach(async () => {
  await skaha.reset();
  said.mockClear();
});
afterAll(() => skaha.stop());

/** A platform whose users act there with a sign-in. */
async function signedInUniverse(): Promise<Universe> {
  const size = { cores: 64, memoryGiB: 256, gpus: 8 };
  const universe = await makeUniverse({ kind: "canfar", limit: size });
  await database().pool.query("UPDATE platforms SET provider = 'iam of this file' WHERE id = $1", [
    universe.platform.id,
  ]);
  return { ...universe, platform: await stored(universe) };
}

async function stored({ platform: { id } }: Universe): Promise<StoredPlatform> {
  const platform = await findPlatformById(id);
  if (!platform) throw new Error("no platform");
  return platform;
}

const read = async (universe: Universe, now: number, limitMs?: number) =>
  readChoices({ platform: await stored(universe), now, signal, ...(limitMs !== undefined && { limitMs }) });

test("what the platform offers is kept; while it is down what it offered last stays, and the trouble is told once", async () => {
  const universe = await signedInUniverse();
  expect(await stored(universe)).toMatchObject({ choices: null, choicesAt: null, needsImage: true });
  await read(universe, NOW);
  const first = await stored(universe);
  expect(first).toMatchObject({ choicesAt: NOW, choicesTrouble: null, choices: { registries: ["images.canfar.net"] } });

  skaha.scenario({ outage: "500" });
  await read(universe, NOW + 15 * MINUTE);
  await read(universe, NOW + 16 * MINUTE);
  const stale = await stored(universe);
  expect(stale).toMatchObject({ choicesAt: NOW, choicesTrouble: expect.stringContaining("does not answer") });
  expect(stale.choices).toEqual(first.choices);
  expect(said).toHaveBeenCalledTimes(1);

  skaha.scenario({ clear: true });
  await read(universe, NOW + 17 * MINUTE);
  expect(await stored(universe)).toMatchObject({ choicesAt: NOW + 17 * MINUTE, choicesTrouble: null });
});

test("a platform that never answers is given up after a while", async () => {
  const universe = await signedInUniverse();
  skaha.scenario({ outage: "hang" });
  await read(universe, NOW, 200);
  expect(await stored(universe)).toMatchObject({ choices: null, choicesTrouble: "It did not answer in time." });
});

test("a platform is asked when nothing is known of it, at most every ten seconds, and again once what is known is old", async () => {
  const universe = await signedInUniverse();
  const refresh = async (now: number) => {
    await refreshChoices({ platform: await stored(universe), now, signal });
    return (await stored(universe)).choicesAt;
  };
  skaha.scenario({ outage: "500" });
  expect(await refresh(NOW)).toBeNull();
  // It would be answered from here on, if it were asked.
  skaha.scenario({ clear: true });
  expect(await refresh(NOW + 9_999)).toBeNull();
  expect(await refresh(NOW + MINUTE)).toBe(NOW + MINUTE);
  expect(await refresh(NOW + 16 * MINUTE - 1)).toBe(NOW + MINUTE);
  expect(await refresh(NOW + 16 * MINUTE)).toBe(NOW + 16 * MINUTE);
});

describe("once what the platform offers is known", () => {
  const image = "images.canfar.net/skaha/astroml:latest";
  const wish = { executable: { type: "notebook", image } as const, start: at(1) };

  test("nobody is offered an amount that it would refuse, and what it would refuse is refused at once", async () => {
    skaha.platform({ context: "static" });
    const universe = await signedInUniverse();
    await read(universe, NOW);
    const known = { ...universe, platform: await stored(universe) };
    const resources = { cores: 3, memoryGiB: 5, gpus: 0 };
    const refused = await ask(known, { ...wish, resources });
    expect(refused.result).toMatchObject({
      ok: false,
      error: { refusals: [{ field: "memoryGiB", sentence: "A platform gives 4 or 6 GiB of memory, not 5." }] },
    });
    const asked = await ask(known, { ...wish, resources, minResources: { cores: 1, memoryGiB: 1, gpus: 0 } });
    expect(asked.offers.map((offer) => offer.resources)).toEqual([{ cores: 3, memoryGiB: 4, gpus: 0 }]);
    const elsewhere = await ask(known, { ...wish, executable: { type: "notebook", image: "docker.io/a/b:1" } });
    expect(elsewhere.result).toMatchObject({ ok: false, error: { refusals: [{ field: "executable" }] } });
  });
});
