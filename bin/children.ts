import type { ChildProcess } from "node:child_process";
import { get } from "node:http";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { withinTime } from "#lib/time-limit.ts";
import { nextCommand, root } from "./build.ts";
import type { Plan } from "./supervise.ts";

const LOOK_EVERY_MS = 100;

interface Common {
  readonly logs: string;
  readonly env: () => NodeJS.ProcessEnv;
  readonly mayStart: (stop: AbortSignal) => Promise<void>;
}

/** The web server; ready when its health page says so. */
export function webPlan(
  { logs, ...common }: Common,
  { host, port, address, dev }: { host: string; port: number; address: string; dev: boolean },
): Plan {
  const bare = host.replace(/^\[|\]$/g, "");
  return {
    ...common,
    name: "the web server",
    command: [...nextCommand, dev ? "dev" : "start", root, "-H", bare, "-p", String(port)],
    log: path.join(logs, "web.log"),
    // Open pages hold connections that never end by themselves.
    graceMs: 2_000,
    ready: (_child, gone) => untilHealthy(`${address}/api/health`, gone),
  };
}

/** The worker; ready when it says so. */
export function workerPlan({ logs, ...common }: Common): Plan {
  const worker = path.join(root, "lib/scheduler/worker.ts");
  return {
    ...common,
    name: "the worker",
    command: [process.execPath, "--conditions=react-server", "--import", "tsx", worker],
    log: path.join(logs, "worker.log"),
    graceMs: 10_000,
    ready: untilSaysReady,
  };
}

async function untilHealthy(url: string, gone: AbortSignal): Promise<void> {
  while (!gone.aborted) {
    if ((await statusOf(url, gone)) === 200) return;
    await delay(LOOK_EVERY_MS, undefined, { signal: gone }).catch(() => undefined);
  }
}

/** Not `fetch`: it would keep the connection, which an orderly stop of the server waits for. */
function statusOf(url: string, gone: AbortSignal): Promise<number | null> {
  const ask = (signal: AbortSignal) =>
    new Promise<number | null>((resolve) => {
      get(url, { agent: false, signal }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? null);
      }).once("error", () => resolve(null));
    });
  return withinTime(gone, 30_000, ask);
}

function untilSaysReady(child: ChildProcess, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    gone.addEventListener("abort", () => resolve(), { once: true });
    child.on("message", (message: { ready?: boolean }) => {
      if (message?.ready) resolve();
    });
  });
}
