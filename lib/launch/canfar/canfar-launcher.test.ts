import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { handleOf } from "#lib/launch/contract.ts";
import { type Handle, LaunchError, type Launcher, type Order, type Sighting } from "#lib/launch/launcher.ts";
import { until } from "#lib/until.ts";
import { type CanfarSetting, createCanfarLauncher } from "./canfar-launcher.ts";
import { makeCircuit } from "./circuit.ts";

const IMAGE = "images.canfar.net/skaha/base-notebook:latest";
const bad = (name: string) => `images.canfar.net/skaha/${name}:latest`;
const signal = AbortSignal.timeout(10 * 60_000);

let skaha: Skaha;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
});
beforeEach(() => skaha.reset());
afterAll(() => skaha.stop());

/** A launcher as after a start of Meridian. Nothing is left alone for long, so that trouble is met and not avoided. */
const launcher = (more: Partial<CanfarSetting> = {}): Launcher =>
  createCanfarLauncher({
    base: new URL(`${skaha.url}/skaha/`),
    actFor: async (user) => ({ token: `${user}-token` }),
    people: async () => ["alice", "bob"],
    timeoutMs: 1_500,
    pauseMs: 10,
    uncertainMs: 2_000,
    endingEveryMs: 20,
    doubtMs: 100,
    eventsEveryMs: 20,
    circuit: makeCircuit({ failures: 100 }),
    ...more,
  });

let made = 0;
const newKey = () => `m-${(++made).toString().padStart(12, "0")}`;
const order = (more: Partial<Order> = {}): Order => ({
  key: newKey(),
  user: { id: "alice", name: "alice" },
  executable: { type: "notebook", image: IMAGE },
  resources: { cores: 2, memoryGiB: 8, gpus: 0 },
  endsAt: Date.now() + 3_600_000,
  ...more,
});
const withImage = (image: string) => order({ executable: { type: "notebook", image } });

const there = (key: string) => skaha.sessions().filter((one) => one.name === key);
const creates = () => skaha.requests().filter((one) => one.method === "POST" && one.path.endsWith("/v1/session"));
const reaches = (platform: Launcher, handle: Handle, state: Sighting["state"]) =>
  until(
    `the session is ${state}`,
    async () => {
      const seen = await platform.look(handle, signal);
      return seen.state === state ? seen : null;
    },
    { withinMs: 20_000, everyMs: 25 },
  );
const troubleOf = async (work: Promise<unknown>): Promise<LaunchError> => {
  const error = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LaunchError)) throw error;
  return error;
};

describe("a session", () => {
  test("is made with the size that was booked, is available once its link answers, and is gone after its release", async () => {
    const platform = launcher();
    const asked = order();
    const handle = handleOf(await platform.launch(asked, signal));
    expect(handle).toEqual({ user: "alice", key: asked.key });
    expect(await platform.look(handle, signal)).toMatchObject({ state: "preparing" });
    const seen = await reaches(platform, handle, "available");
    const [session] = there(asked.key);
    const link = await platform.open(handle, signal);
    expect((await fetch(link)).status).toBe(200);
    expect(link.searchParams.get("token")).toBe(session?.id);
    expect(JSON.stringify([handle, seen])).not.toContain(session?.id);
    expect(session).toMatchObject({
      type: "notebook",
      image: IMAGE,
      requestedCPUCores: "2",
      requestedRAM: "8.59",
      requestedGPUCores: "0",
      isFixedResources: true,
    });
    expect(await platform.list(signal)).toEqual([{ key: asked.key, handle }]);

    await platform.release(handle, signal);
    const gone = await fetch(`${skaha.url}/skaha/v1/session/${session?.id}`, {
      headers: { authorization: "Bearer alice-token" },
    });
    expect(gone.status).toBe(404);
    expect(await platform.list(signal)).toEqual([]);
    await platform.release(handle, signal);
  });

  test("with GPUs asks for them, and without leaves them out", async () => {
    const platform = launcher();
    skaha.platform({ gpus: true });
    await platform.launch(order({ resources: { cores: 1, memoryGiB: 1, gpus: 1 } }), signal);
    await platform.launch(order({ resources: { cores: 1, memoryGiB: 1, gpus: 0 } }), signal);
    const gpus = skaha.sessions().map((one) => one.requestedGPUCores);
    expect(gpus.sort()).toEqual(["0", "1"]);
  });

  test("is found again by another process, and one that waits in the queue is not gone", async () => {
    skaha.scenario({ delays: { suspendedMs: 3_600_000 } });
    const handle = handleOf(await launcher().launch(order(), signal));
    const note = "It waits in CANFAR's queue.";
    expect(await launcher().look(handle, signal)).toMatchObject({ state: "preparing", note, isSetback: false });
    skaha.clock({ forwardMs: 3_600_000 });
    await reaches(launcher(), handle, "available");
  });

  test("that falls back to Pending is followed, not failed", async () => {
    skaha.scenario({ fault: { kind: "flap", afterMs: 300, forMs: 300 } });
    const platform = launcher();
    const handle = handleOf(await platform.launch(order(), signal));
    await reaches(platform, handle, "available");
    await reaches(platform, handle, "preparing");
    await reaches(platform, handle, "available");
  });

  test("whose image cannot be pulled is gone with the reason, and its release frees its place", async () => {
    const platform = launcher();
    const asked = withImage(bad("bad-image"));
    const handle = handleOf(await platform.launch(asked, signal));
    const seen = await reaches(platform, handle, "gone");
    const [session] = there(asked.key);
    expect(seen).toMatchObject({ state: "gone", why: expect.stringContaining("cannot get the image"), how: "lost" });
    expect(JSON.stringify(seen)).toContain("ErrImagePull");
    expect(JSON.stringify(seen)).not.toContain(session?.id);
    await platform.release(handle, signal);
    expect(await platform.list(signal)).toEqual([]);
  });

  test("that finds no room yet goes on preparing", async () => {
    const platform = launcher();
    const asked = withImage(bad("unschedulable"));
    const handle = handleOf(await platform.launch(asked, signal));
    await until(
      "the platform says that there is no room",
      () =>
        fetch(`${skaha.url}/skaha/v1/session/${there(asked.key)[0]?.id}?view=events`, {
          headers: { authorization: "Bearer alice-token" },
        }).then(async (answer) => (await answer.text()).includes("FailedScheduling")),
      { withinMs: 20_000 },
    );
    const note = "CANFAR has no room for it yet; it keeps trying.";
    expect(await launcher().look(handle, signal)).toMatchObject({ state: "preparing", note });
  });

  test("that is killed for its memory while it runs says so, until it runs again", async () => {
    skaha.scenario({ fault: { kind: "flap", afterMs: 500, forMs: 500, killed: true } });
    const platform = launcher();
    const handle = handleOf(await platform.launch(order(), signal));
    await reaches(platform, handle, "available");
    const note = "It ran out of memory and was restarted.";
    expect(await reaches(platform, handle, "preparing")).toMatchObject({ note, isSetback: true });
    await reaches(platform, handle, "available");
  });

  test("is asked for its events no more often than was said, however often it is looked at", async () => {
    skaha.scenario({ delays: { pendingMs: 3_600_000 } });
    const platform = launcher({ eventsEveryMs: 3_600_000 });
    const handle = handleOf(await platform.launch(order(), signal));
    for (let looks = 0; looks < 5; looks++) await platform.look(handle, signal);
    const asked = skaha.requests().filter(({ path }) => path.includes("view=events"));
    expect(asked).toHaveLength(1);
  });

  test("that its owner ended on the platform is gone, in words", async () => {
    const platform = launcher();
    const asked = order();
    const handle = handleOf(await platform.launch(asked, signal));
    await reaches(platform, handle, "available");
    await fetch(`${skaha.url}/skaha/v1/session/${there(asked.key)[0]?.id}`, {
      method: "DELETE",
      headers: { authorization: "Bearer alice-token" },
    });
    const seen = await reaches(platform, handle, "gone");
    expect(seen).toMatchObject({ why: "CANFAR does not have it any more: it was ended there." });
  });

  test("is unmoved by a platform whose clock is five minutes off", async () => {
    skaha.clock({ skewMs: -300_000 });
    const platform = launcher();
    const handle = handleOf(await platform.launch(order(), signal));
    await reaches(platform, handle, "available");
    await platform.release(handle, signal);
    expect(await platform.list(signal)).toEqual([]);
  });
});

describe("one order", () => {
  test("launched twice is one session", async () => {
    const asked = order();
    const handle = handleOf(await launcher().launch(asked, signal));
    expect(await launcher().launch(asked, signal)).toMatchObject({ handle });
    expect(there(asked.key)).toHaveLength(1);
    expect(creates()).toHaveLength(1);
  });

  test("launched by several processes at once is one session in the end", async () => {
    const asked = order();
    const all = await Promise.all([1, 2, 3].map(() => launcher().launch(asked, signal)));
    const [handle] = all.map(handleOf);
    if (!handle) throw new Error("nothing was launched");
    await reaches(launcher(), handle, "available");
    expect(await launcher().list(signal)).toEqual([{ key: asked.key, handle }]);
    const active = there(asked.key).filter((one) => one.status === "Running" || one.status === "Pending");
    expect(active).toHaveLength(1);
  });

  test("launched by several at once, with room for one more, is one session, and nobody hears of a limit", async () => {
    skaha.limit({ limit: 1 });
    const asked = order();
    const all = await Promise.all([1, 2, 3, 4].map(() => launcher().launch(asked, signal)));
    expect(new Set(all.map((seen) => JSON.stringify(handleOf(seen)))).size).toBe(1);
    expect(there(asked.key)).toHaveLength(1);
  });

  test("that is created after we gave up waiting is adopted, not made again", async () => {
    skaha.scenario({ slow: { createAfterMs: 2_000, answerAfterMs: 10_000 }, times: 1 });
    const asked = order();
    const handle = handleOf(await launcher().launch(asked, signal));
    await reaches(launcher(), handle, "available");
    expect(there(asked.key)).toHaveLength(1);
    expect(creates()).toHaveLength(1);
  });

  test("whose answer breaks off is adopted", async () => {
    skaha.scenario({ outage: "reset-after", method: "POST", times: 1 });
    const asked = order();
    await launcher().launch(asked, signal);
    expect(there(asked.key)).toHaveLength(1);
    expect(creates()).toHaveLength(1);
  });

  test.each(["reset", "500", "503", "html"] as const)(
    "met by %s is not there, may be tried again, and then is",
    async (outage) => {
      skaha.scenario({ outage, method: "POST", times: 1 });
      const asked = order();
      const platform = launcher({ uncertainMs: 100 });
      const error = await troubleOf(platform.launch(asked, signal));
      expect(error.mayPass).toBe(true);
      expect(there(asked.key)).toHaveLength(0);
      await platform.launch(asked, signal);
      expect(there(asked.key)).toHaveLength(1);
    },
  );
});

describe("what the platform refuses", () => {
  test.each([
    ["no image", order({ executable: { type: "notebook", image: null } }), "needs an image"],
    ["another registry", withImage("docker.io/jupyter/base:1"), "must come from one of [images.canfar.net]"],
    [
      "an image nobody knows",
      withImage("images.canfar.net/x/y:1"),
      "No authentication provided for unknown or private image.",
    ],
    ["too many cores", order({ resources: { cores: 999, memoryGiB: 1, gpus: 0 } }), "Invalid value for 'cores': 999"],
    ["too much memory", order({ resources: { cores: 1, memoryGiB: 999, gpus: 0 } }), "Invalid value for 'ram': 999"],
    ["too many GPUs", order({ resources: { cores: 1, memoryGiB: 1, gpus: 999 } }), "Invalid value for 'gpus': 999"],
  ])("%s: for good, in its words", async (_what, asked, words) => {
    const error = await troubleOf(launcher().launch(asked, signal));
    expect(error.message).toContain(words);
    expect(error.mayPass).toBe(false);
    expect(creates().length).toBeLessThan(2);
  });

  test("somebody who is not in the platform's group is told whom to ask", async () => {
    const asked = order({ user: { id: "mallory", name: "mallory" } });
    const error = await troubleOf(launcher().launch(asked, signal));
    expect(error.message).toContain("Not authorized to use the skaha system");
    expect(error.mayPass).toBe(false);
  });

  test("a credential that is over means: sign in again", async () => {
    const error = await troubleOf(launcher({ actFor: async () => ({ token: "expired" }) }).launch(order(), signal));
    expect(error.message).toContain("sign in again");
    expect(error.mayPass).toBe(true);
  });

  test("more sessions than allowed: names those that run, and works once one has ended", async () => {
    skaha.limit({ limit: 1 });
    const platform = launcher();
    const first = order();
    const handle = handleOf(await platform.launch(first, signal));
    const second = order();
    const error = await troubleOf(platform.launch(second, signal));
    expect(error.message).toContain(`as many sessions on CANFAR as it allows (1)`);
    expect(error.message).toContain(first.key);
    expect(error.mayPass).toBe(true);
    await platform.release(handle, signal);
    await platform.launch(second, signal);
    expect(there(second.key)).toHaveLength(1);
  });
});

describe("trouble while looking", () => {
  test.each(["500", "reset", "html", "half", "hang"] as const)("one %s is overcome", async (outage) => {
    const platform = launcher();
    const handle = handleOf(await platform.launch(order(), signal));
    skaha.scenario({ outage, method: "GET", times: 1 });
    expect((await platform.look(handle, signal)).state).not.toBe("gone");
  });

  test.each(["500", "reset", "html", "half"] as const)(
    "%s that stays says nothing about the session",
    async (outage) => {
      const platform = launcher();
      const handle = handleOf(await platform.launch(order(), signal));
      skaha.scenario({ outage, method: "GET" });
      expect((await troubleOf(platform.look(handle, signal))).mayPass).toBe(true);
      skaha.scenario({ clear: true });
      await reaches(platform, handle, "available");
    },
  );

  test("a look that does not end is ended, whatever it was waiting for, and says nothing about the session", async () => {
    const handle = handleOf(await launcher().launch(order(), signal));
    const platform = launcher({ timeoutMs: 400, lookMs: 700 });
    skaha.scenario({ outage: "hang", method: "GET" });
    const asked = skaha.requests().length;
    const error = await troubleOf(platform.look(handle, signal));
    expect(error).toMatchObject({ mayPass: true, trouble: { kind: "unwell", text: "it did not answer in time" } });
    expect(skaha.requests().length - asked).toBeLessThan(3);
    const untilTold = (_user: string, _to: string, stop: AbortSignal) =>
      new Promise<never>((_, reject) => stop.addEventListener("abort", () => reject(stop.reason)));
    const slow = launcher({ lookMs: 50, actFor: untilTold });
    expect((await troubleOf(slow.look(handle, signal))).mayPass).toBe(true);
    skaha.scenario({ clear: true });
    await reaches(platform, handle, "available");
  });

  test("whoever is told to come back in half a minute is told so, and does not wait here", async () => {
    const platform = launcher();
    const handle = handleOf(await platform.launch(order(), signal));
    skaha.scenario({ outage: "503", method: "GET", times: 1 });
    const error = await troubleOf(platform.look(handle, signal));
    expect(error).toMatchObject({ mayPass: true, trouble: { kind: "unwell", retryAfterMs: 30_000 } });
  });

  test("a platform that stays down is left alone, says so, and is asked again", async () => {
    const clock = { now: 0 };
    const platform = launcher({ circuit: makeCircuit({ failures: 3, firstMs: 1000, now: () => clock.now }) });
    const handle = handleOf(await platform.launch(order(), signal));
    skaha.scenario({ outage: "500" });
    await troubleOf(platform.look(handle, signal));
    const asked = skaha.requests().length;
    expect(await platform.readiness(signal)).toMatchObject({
      ready: false,
      why: expect.stringContaining("HTTP 500"),
    });
    expect((await troubleOf(platform.look(handle, signal))).message).toContain("failed again and again");
    expect(skaha.requests()).toHaveLength(asked);
    skaha.scenario({ clear: true });
    clock.now = 1000;
    await reaches(platform, handle, "available");
    expect(await platform.readiness(signal)).toMatchObject({ ready: true });
  });
});

test("a platform that says that it is not available is not ready, with its own words, and bookings go on", async () => {
  skaha.platform({ available: false });
  expect(await launcher().readiness(signal)).toMatchObject({
    ready: false,
    isPassing: true,
    why: expect.stringContaining("CANFAR says that it is not available"),
  });
  skaha.platform({ available: true });
  expect(await launcher().readiness(signal)).toEqual({ ready: true, what: expect.stringContaining("127.0.0.1") });
  const nobody = launcher({ base: new URL("http://127.0.0.1:1/skaha") });
  expect(await nobody.readiness(signal)).toMatchObject({ ready: false, why: expect.stringContaining("not known") });
});

describe("orphans", () => {
  test("are listed for everybody, although somebody's sign-in is over", async () => {
    const asked = order();
    const handle = handleOf(await launcher().launch(asked, signal));
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const platform = launcher({ actFor: async (user) => ({ token: user === "bob" ? "expired" : `${user}-token` }) });
    expect(await platform.list(signal)).toEqual([{ key: asked.key, handle }]);
    expect(said).toHaveBeenCalledWith(expect.stringContaining("cannot be listed"));
    said.mockRestore();
  });

  test("are looked for with four people at a time", async () => {
    let now = 0;
    let most = 0;
    const people = Array.from({ length: 10 }, (_, index) => `user${index}`);
    for (const name of people) {
      skaha.users({ name });
      skaha.tokens({ user: name, token: `${name}-token` });
    }
    const platform = launcher({
      people: async () => people,
      actFor: async (user) => {
        most = Math.max(most, ++now);
        await turn();
        now--;
        return { token: `${user}-token` };
      },
    });
    const handle = handleOf(await platform.launch(order({ user: { id: "user9", name: "user9" } }), signal));
    expect(await platform.list(signal)).toMatchObject([{ handle }]);
    expect(most).toBe(4);
  });

  test("are none of those that have a name that we never give", async () => {
    const user = { authorization: "Bearer alice-token" };
    const body = (name: string) => new URLSearchParams({ name, type: "notebook", image: IMAGE });
    const url = `${skaha.url}/skaha/v1/session`;
    for (const name of ["m-galaxies2026", "m-1", "notebook1"])
      await fetch(url, { method: "POST", headers: user, body: body(name) });
    expect(skaha.sessions()).toHaveLength(3);
    expect(await launcher().list(signal)).toEqual([]);
  });
});

describe("release", () => {
  test("that the platform never confirms is given up for now, not for ever", async () => {
    const platform = launcher({ releaseMs: 200 });
    const handle = handleOf(await platform.launch(order(), signal));
    skaha.scenario({ outage: "ignore", method: "DELETE" });
    const error = await troubleOf(platform.release(handle, signal));
    expect(error.message).toContain("has not ended it yet");
    expect(error.mayPass).toBe(true);
    skaha.scenario({ clear: true });
    await platform.release(handle, signal);
    expect(await platform.list(signal)).toEqual([]);
  });

  test("is repeated until the platform has it no more", async () => {
    const platform = launcher();
    const asked = order();
    const handle = handleOf(await platform.launch(asked, signal));
    skaha.scenario({ outage: "ignore", method: "DELETE", times: 2 });
    await platform.release(handle, signal);
    const ends = skaha.requests().filter((one) => one.method === "DELETE");
    expect(ends).toHaveLength(3);
    expect(await platform.list(signal)).toEqual([]);
  });

  test("of one session touches no other, nor one that the user made", async () => {
    const platform = launcher();
    const [first, second] = [order(), order()];
    const handle = handleOf(await platform.launch(first, signal));
    const other = handleOf(await platform.launch(second, signal));
    await fetch(`${skaha.url}/skaha/v1/session`, {
      method: "POST",
      headers: { authorization: "Bearer alice-token" },
      body: new URLSearchParams({ name: "notebook1", type: "notebook", image: IMAGE }),
    });
    await platform.release(handle, signal);
    expect(await platform.list(signal)).toEqual([{ key: second.key, handle: other }]);
    expect(there("notebook1")).toHaveLength(1);
  });

  test("with a credential that is over fails and may be tried again", async () => {
    const handle = handleOf(await launcher().launch(order(), signal));
    const error = await troubleOf(launcher({ actFor: async () => ({ token: "expired" }) }).release(handle, signal));
    expect(error.mayPass).toBe(true);
  });
});
