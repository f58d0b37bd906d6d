import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "#lib/loopback-port.ts";
import { until } from "#lib/until.ts";
import { createCanfarLauncher } from "./canfar-launcher.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const signal = AbortSignal.timeout(120_000);

/** The simulator as a process of its own, with nothing in PATH that would serve a real notebook and outlive it. */
async function simulator(port: number, state: string): Promise<ChildProcess> {
  const command = ["--import", "tsx", "bin/simulator.ts", "--port", String(port), "--state", state, "--json"];
  const env = { ...process.env, PATH: path.dirname(process.execPath) };
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(createInterface(child.stdout), "line");
  return child;
}

test("a platform that is killed and comes back has the session still: it is waited for, goes on, and is ended", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "skaha-state-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [port, state] = [await freePort(), path.join(folder, "state.json")];
  const first = await simulator(port, state);
  const platform = createCanfarLauncher({
    base: new URL(`http://127.0.0.1:${port}/skaha`),
    actFor: async () => ({ token: "alice-token" }),
    people: async () => ["alice"],
    pauseMs: 5,
    endingEveryMs: 20,
    doubtMs: 100,
  });
  const order = {
    key: "m-000000000001",
    user: { id: "alice", name: "alice" },
    executable: { type: "notebook", image: "images.canfar.net/skaha/base-notebook:latest" },
    resources: { cores: 1, memoryGiB: 1, gpus: 0 },
    endsAt: Date.now() + 3_600_000,
  } as const;
  const launched = await platform.launch(order, signal);
  if (launched.state === "gone") throw new Error(launched.why);
  const { handle } = launched;
  const isAvailable = () => platform.look(handle, signal).then(({ state: seen }) => seen === "available");
  await until("it is available", isAvailable, { withinMs: 30_000 });

  const died = once(first, "exit");
  first.kill("SIGKILL");
  await died;
  await expect(platform.look(handle, signal)).rejects.toMatchObject({ mayPass: true, outOfOurHands: {} });
  await simulator(port, state);
  // Left alone for a moment after so much trouble, and then asked again.
  await until("it is available again", () => isAvailable().catch(() => false), { withinMs: 30_000, everyMs: 200 });
  expect((await platform.list(signal)).map(({ key }) => key)).toEqual([order.key]);
  await platform.release(handle, signal);
  expect(await platform.list(signal)).toEqual([]);
});
