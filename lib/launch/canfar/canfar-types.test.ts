import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import type { Executable } from "#lib/booking/executable.ts";
import { handleOf } from "#lib/launch/contract.ts";
import type { Handle, Launcher, Order, Sighting } from "#lib/launch/launcher.ts";
import { until } from "#lib/until.ts";
import { createCanfarLauncher } from "./canfar-launcher.ts";
import { makeCircuit } from "./circuit.ts";

const at = (name: string) => `images.canfar.net/skaha/${name}`;
const signal = AbortSignal.timeout(10 * 60_000);

let skaha: Skaha;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
});
beforeEach(() => skaha.reset());
afterAll(() => skaha.stop());

const launcher = (people: readonly string[] = ["alice"]): Launcher =>
  createCanfarLauncher({
    base: new URL(`${skaha.url}/skaha/`),
    actFor: async (user) => ({ token: user === "expired" ? "expired" : `${user}-token` }),
    people: async () => people,
    timeoutMs: 1_500,
    pauseMs: 10,
    uncertainMs: 2_000,
    endingEveryMs: 20,
    doubtMs: 100,
    circuit: makeCircuit({ failures: 100 }),
  });

let made = 0;
const order = (executable: Executable): Order => ({
  key: `m-${(++made).toString().padStart(12, "0")}`,
  user: { id: "alice", name: "alice" },
  executable,
  resources: { cores: 1, memoryGiB: 4, gpus: 0 },
  endsAt: Date.now() + 3_600_000,
});
const reaches = <S extends Sighting["state"]>(platform: Launcher, handle: Handle, state: S) =>
  until(
    `the session is ${state}`,
    async () => {
      const seen = await platform.look(handle, signal);
      return seen.state === state ? (seen as Extract<Sighting, { state: S }>) : null;
    },
    { withinMs: 20_000, everyMs: 25 },
  );
const created = () => skaha.requests().filter(({ method, path }) => method === "POST" && path.endsWith("/v1/session"));

describe("a session with a page", () => {
  test.each([
    ["notebook", "astroml:latest", /\/session\/notebook\/[a-z0-9]{8}\/lab/],
    ["carta", "carta:latest", /\/session\/carta\/[a-z0-9]{8}\/$/],
    ["desktop", "desktop:latest", /\/session\/desktop\/[a-z0-9]{8}\/\?password=/],
    ["contributed", "vscode:latest", /\/session\/contrib\/[a-z0-9]{8}\/$/],
    ["firefly", "firefly:2025.2", /\/session\/firefly\/[a-z0-9]{8}\/firefly\/$/],
  ] as const)("of type %s is started as such and opens at its own link", async (type, name, link) => {
    const platform = launcher();
    const handle = handleOf(await platform.launch(order({ type, image: at(name) }), signal));
    const seen = await reaches(platform, handle, "available");
    const [session] = skaha.sessions();
    expect(session).toMatchObject({ type, image: at(name), isFixedResources: true, requestedCPUCores: "1" });
    const open = await platform.open(handle, signal);
    expect(open.href).toMatch(link);
    expect((await fetch(open)).status).toBe(200);
    expect(seen.link?.href).not.toContain(session?.id);
    await platform.release(handle, signal);
    expect(skaha.sessions().filter(({ status }) => status === "Running")).toEqual([]);
  });

  test("is sent no command, whatever the order says", async () => {
    const odd = { type: "notebook", image: at("astroml:latest"), command: "env", environment: { A: "1" } } as const;
    await launcher().launch(order(odd), signal);
    expect(created()[0]?.form.map(([name]) => name)).toEqual(["name", "type", "image", "cores", "ram"]);
  });
});

describe("a headless session", () => {
  const image = at("astroml:latest");

  test("runs its command with its variables, has nothing to open, and its log says what it wrote to the end", async () => {
    const platform = launcher();
    const environment = { SEED: "7", PLACE: "Mauna Kea" };
    const handle = handleOf(
      await platform.launch(order({ type: "headless", image, command: "env", environment }), signal),
    );
    const gone = await reaches(platform, handle, "gone");
    expect(gone).toMatchObject({ how: "closed" });
    expect(gone.log).toContain("SEED=7");
    expect(gone.log).toContain("PLACE=Mauna Kea");
    expect(await platform.log(handle, 200, signal)).toContain("SEED=7");
  });

  test("is available without a link while it runs", async () => {
    const platform = launcher();
    const handle = handleOf(
      await platform.launch(order({ type: "headless", image, command: "sleep", args: "60" }), signal),
    );
    expect(await reaches(platform, handle, "available")).toMatchObject({ link: null });
    expect(created()[0]?.form).toContainEqual(["args", "60"]);
    await expect(platform.open(handle, signal)).rejects.toMatchObject({ name: "LaunchError" });
    await platform.release(handle, signal);
  });

  test("that ends badly is lost, with its log", async () => {
    const platform = launcher();
    const handle = handleOf(await platform.launch(order({ type: "headless", image, command: "false" }), signal));
    expect(await reaches(platform, handle, "gone")).toMatchObject({ how: "lost", why: "It failed on CANFAR." });
  });

  test("that has run to its end does not run again when its launch is repeated", async () => {
    const platform = launcher();
    const asked = order({ type: "headless", image, command: "true" });
    const handle = handleOf(await platform.launch(asked, signal));
    await reaches(platform, handle, "gone");
    expect(await launcher().launch(asked, signal)).toMatchObject({ handle });
    expect(created()).toHaveLength(1);
  });

  test("whose creation was not answered is not made again, although it has ended by then", async () => {
    skaha.scenario({ outage: "reset-after", method: "POST", times: 1 });
    const asked = order({ type: "headless", image, command: "true" });
    const platform = launcher();
    const handle = handleOf(await platform.launch(asked, signal));
    await reaches(platform, handle, "gone");
    await platform.launch(asked, signal);
    expect(created()).toHaveLength(1);
  });
});

describe("what may be chosen", () => {
  test("is what the platform says: types, images, where they come from, amounts, and how many at once", async () => {
    const choices = await launcher().choices(signal);
    expect(choices?.types).toEqual(["notebook", "desktop", "carta", "contributed", "firefly", "headless"]);
    expect(choices?.images).toContainEqual({ id: at("carta:latest"), types: ["carta"] });
    expect(choices?.images.map(({ id }) => id)).not.toContain(at("terminal:latest"));
    expect(choices).toMatchObject({ registries: ["images.canfar.net"], mostSessions: 3, gpus: [1, 2, 3, 4, 5, 6, 7] });
    expect(choices?.cores).toHaveLength(16);
    expect(choices?.memoryGiB).toHaveLength(192);
  });

  test("is read in both forms that platforms have", async () => {
    skaha.platform({ context: "static" });
    const choices = await launcher().choices(signal);
    expect(choices?.memoryGiB.slice(0, 5)).toEqual([1, 2, 4, 6, 8]);
    expect(choices).toMatchObject({ mostSessions: 3 });
    skaha.platform({ context: "limit-range", gpus: false });
    expect(await launcher().choices(signal)).toMatchObject({ gpus: [] });
  });

  test("is asked for by the first whose sign-in is good", async () => {
    const choices = await launcher(["expired", "mallory", "bob"]).choices(signal);
    expect(choices?.images.length).toBeGreaterThan(5);
  });

  test("cannot be read when nobody has signed in, when nobody’s sign-in is good, and while the platform is down", async () => {
    await expect(launcher([]).choices(signal)).rejects.toThrow("has signed in yet");
    await expect(launcher(["expired", "expired"]).choices(signal)).rejects.toThrow("sign in again");
    skaha.scenario({ outage: "500" });
    await expect(launcher(["alice", "bob"]).choices(signal)).rejects.toThrow("CANFAR does not answer as it should");
  });
});
