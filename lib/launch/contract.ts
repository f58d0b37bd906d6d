import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionName } from "#lib/booking/session-name.ts";
import type { Handle, Launcher, Order, Sighting } from "#lib/launch/launcher.ts";
import { until } from "#lib/until.ts";

/** What a plug-in's test provides, so that the promises of {@link Launcher} can be tested against its real platform. */
export interface Harness {
  /** A new launcher over the same platform each time, as after a restart of Meridian. */
  launcher(): Launcher;
  /** An order that the platform can serve. */
  order(key: string): Order;
  /** How many servers the platform really runs for the key, asked past the launcher. */
  countServers(key: string): Promise<number>;
  /** Handles of the platform's own form, of which nothing was ever launched. */
  readonly unknown: readonly Handle[];
  /** Computes 6 × 7 in the session and returns what was printed. `open` is the owner's address. */
  compute(open: URL): Promise<string>;
  /** Keeps the session computing for that long, or until the signal aborts. */
  computeFor(open: URL, seconds: number, signal: AbortSignal): Promise<unknown>;
  /** Ends whatever is left. */
  dispose(): Promise<void>;
}

const PATIENCE_MS = 90_000;

/** The session's first sighting that is no longer "preparing": a platform may doubt for a while that one is gone. */
export async function settled(launcher: Launcher, handle: Handle): Promise<Exclude<Sighting, { state: "preparing" }>> {
  return await until(
    "the notebook is available or gone",
    async () => {
      const seen = await launcher.look(handle, AbortSignal.timeout(PATIENCE_MS));
      return seen.state === "preparing" ? null : seen;
    },
    { withinMs: PATIENCE_MS, everyMs: 100 },
  );
}

/** What a sighting says how to find the session again; a launch that was answered "gone" has failed. */
export function handleOf(seen: Sighting): Handle {
  if (seen.state === "gone") throw new Error(`${seen.why}\n${seen.log}`);
  return seen.handle;
}

const letsIn = (open: URL) =>
  fetch(open).then(
    ({ status }) => status === 200,
    () => false,
  );

/**
 * The promises of the interface as tests. A plug-in passes when its own test file calls this with a harness over a real
 * platform.
 */
export function describeLauncher(name: string, makeHarness: () => Promise<Harness>): void {
  describe(`${name}, as every platform`, () => {
    let harness: Harness;
    let launcher: Launcher;
    const signal = AbortSignal.timeout(10 * 60_000);
    const newKey = () => sessionName(randomUUID());
    const running = async () => {
      const key = newKey();
      const handle = handleOf(await launcher.launch(harness.order(key), signal));
      const seen = await settled(launcher, handle);
      if (seen.state === "gone") throw new Error(`${seen.why}\n${seen.log}`);
      if (seen.link === null) throw new Error("a session with a page has no link");
      return { key, handle, link: seen.link };
    };

    beforeAll(async () => {
      harness = await makeHarness();
      launcher = harness.launcher();
    }, 15 * 60_000);
    afterAll(async () => await harness?.dispose(), PATIENCE_MS);

    test("says that it is ready, and what it runs", async () => {
      expect(await launcher.readiness(signal)).toMatchObject({ ready: true, what: expect.stringMatching(/\w/) });
      expect(launcher.enforced(harness.order(newKey()).resources).every((sentence) => sentence.endsWith("."))).toBe(
        true,
      );
    });

    test("a launched session becomes available, answers at its link, and computes", async () => {
      const { handle, link } = await running();
      expect((await fetch(link, { redirect: "manual" })).status).toBeLessThan(500);
      const open = await launcher.open(handle, signal);
      expect(await letsIn(open)).toBe(true);
      expect(await harness.compute(open)).toBe("42");
      await launcher.release(handle, signal);
    });

    test("says whether anybody computes in a session, and when anybody last did", async () => {
      const { handle } = await running();
      const before = await launcher.use(handle, signal);
      // Who cannot tell says so; who can has seen nothing yet.
      expect(before === null || (before.inUse === false && before.lastUsed === 0)).toBe(true);
      const open = await launcher.open(handle, signal);
      const busy = new AbortController();
      const computing = harness.computeFor(open, 60, busy.signal).catch(() => undefined);
      if (before !== null) {
        await until("it is in use", async () => (await launcher.use(handle, signal))?.inUse === true, {
          withinMs: PATIENCE_MS,
          everyMs: 100,
        });
      }
      busy.abort();
      await computing;
      await launcher.release(handle, signal);
      expect(await launcher.use(handle, signal)).toBeNull();
    });

    test("neither handle nor link carries the secret that lets the owner in", async () => {
      const { handle, link } = await running();
      const open = await launcher.open(handle, signal);
      expect(open.href).not.toBe(link.href);
      for (const secret of open.searchParams.values()) {
        expect(JSON.stringify(handle) + link.href).not.toContain(secret);
        expect(await launcher.log(handle, 1000, signal)).not.toContain(secret);
      }
      expect(JSON.parse(JSON.stringify(handle))).toEqual(handle);
      await launcher.release(handle, signal);
    });

    test("launching twice, one after the other or at once, gives one session", async () => {
      const order = harness.order(newKey());
      const launchers = [launcher, harness.launcher(), harness.launcher(), launcher];
      const seen = await Promise.all(launchers.map((one) => one.launch(order, signal)));
      const handles = seen.map(handleOf);
      expect(new Set(handles.map((handle) => JSON.stringify(handle))).size).toBe(1);
      const [handle = {}] = handles;
      await settled(launcher, handle);
      expect(await harness.countServers(order.key)).toBe(1);
      const { href } = await launcher.open(handle, signal);
      expect(handleOf(await launcher.launch(order, signal))).toEqual(handle);
      expect(await launcher.look(handle, signal)).toMatchObject({ state: "available", handle });
      expect(await harness.countServers(order.key)).toBe(1);
      expect((await launcher.open(handle, signal)).href).toBe(href);
      await launcher.release(handle, signal);
    });

    test("after a restart of Meridian the session is found again, not started anew", async () => {
      const { key, handle } = await running();
      const { href } = await launcher.open(handle, signal);
      const restarted = harness.launcher();
      expect(await restarted.look(handle, signal)).toMatchObject({ state: "available" });
      expect(handleOf(await harness.launcher().launch(harness.order(key), signal))).toEqual(handle);
      expect((await restarted.open(handle, signal)).href).toBe(href);
      expect(await harness.countServers(key)).toBe(1);
      await restarted.release(handle, signal);
      expect(await settled(launcher, handle)).toMatchObject({ state: "gone" });
    });

    test("release ends the session, and once more does no harm", async () => {
      const { key, handle, link } = await running();
      const open = await launcher.open(handle, signal);
      await launcher.release(handle, signal);
      expect(await harness.countServers(key)).toBe(0);
      expect(await settled(launcher, handle)).toMatchObject({ state: "gone", how: "lost" });
      // The owner's address lets nobody in any more; where we are alone nothing answers there at all.
      expect(await letsIn(open)).toBe(false);
      if (!launcher.isShared) await expect(fetch(link)).rejects.toThrow();
      await launcher.release(handle, signal);
      await Promise.all([launcher.release(handle, signal), harness.launcher().release(handle, signal)]);
      expect(await settled(launcher, handle)).toMatchObject({ state: "gone" });
    });

    test("a session may be released while it is still being prepared", async () => {
      const key = newKey();
      const handle = handleOf(await launcher.launch(harness.order(key), signal));
      await launcher.release(handle, signal);
      expect(await harness.countServers(key)).toBe(0);
      expect(await settled(launcher, handle)).toMatchObject({ state: "gone" });
    });

    test("a session that is over cannot be opened, and says so as trouble with the platform", async () => {
      const { handle } = await running();
      await launcher.release(handle, signal);
      await expect(launcher.open(handle, signal)).rejects.toMatchObject({ name: "LaunchError" });
    });

    test("an unknown handle is gone already, however strange it is", async () => {
      const strange: readonly Handle[] = [{ key: "nobody-knows" }, { key: "../../etc" }, { key: 7 }, {}];
      for (const handle of strange) {
        expect(await launcher.look(handle, signal)).toMatchObject({ state: "gone", how: "lost" });
      }
      for (const handle of [...harness.unknown, ...strange]) {
        expect(await settled(launcher, handle)).toMatchObject({ state: "gone", how: "lost" });
        await launcher.release(handle, signal);
        expect(await launcher.log(handle, 10, signal)).toBe("");
        await expect(launcher.open(handle, signal)).rejects.toMatchObject({ name: "LaunchError" });
      }
    });

    test("the list has every running session with a handle that works, and no released one", async () => {
      const [one, other] = await Promise.all([running(), running()]);
      const listed = await harness.launcher().list(signal);
      expect(listed.map(({ key }) => key)).toEqual(expect.arrayContaining([one.key, other.key]));
      for (const { key, handle } of listed.filter(({ key }) => key === one.key || key === other.key)) {
        expect(await launcher.look(handle, signal), key).toMatchObject({ state: "available" });
        await launcher.release(handle, signal);
      }
      const left = (await launcher.list(signal)).map(({ key }) => key);
      expect(left).not.toContain(one.key);
      expect(left).not.toContain(other.key);
    });

    test("the log shows what the session wrote, no more lines than asked for", async () => {
      const { handle } = await running();
      expect((await launcher.log(handle, 3, signal)).split("\n").length).toBeLessThanOrEqual(3);
      const log = await launcher.log(handle, 500, signal);
      expect(log).toMatch(/jupyter/i);
      expect(log).not.toMatch(/token=[0-9a-z]{8}/);
      await launcher.release(handle, signal);
    });

    test("every method gives up when told to", async () => {
      const { handle } = await running();
      const aborted = AbortSignal.abort(new Error("no time left"));
      const order = harness.order(newKey());
      await expect(launcher.readiness(aborted)).rejects.toThrow("no time left");
      await expect(launcher.launch(order, aborted)).rejects.toThrow("no time left");
      await expect(launcher.look(handle, aborted)).rejects.toThrow("no time left");
      await expect(launcher.open(handle, aborted)).rejects.toThrow("no time left");
      await expect(launcher.log(handle, 1, aborted)).rejects.toThrow("no time left");
      await expect(launcher.list(aborted)).rejects.toThrow("no time left");
      await expect(launcher.release(handle, aborted)).rejects.toThrow("no time left");
      expect(await harness.countServers(order.key)).toBe(0);
      expect(await launcher.look(handle, signal)).toMatchObject({ state: "available" });
      await launcher.release(handle, signal);
    });
  });
}
