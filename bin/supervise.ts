import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { withinTime } from "#lib/time-limit.ts";
import { endSession } from "./end-session.ts";
import { Trouble } from "./trouble.ts";

export interface Plan {
  readonly name: string;
  readonly command: readonly string[];
  /** Asked anew at each start: the database may have moved. */
  readonly env: () => NodeJS.ProcessEnv;
  readonly log: string;
  /** How long it may take to stop by itself. */
  readonly graceMs: number;
  /** Resolves when this child does its work, or when `gone` aborts because it died or takes too long. */
  readonly ready: (child: ChildProcess, gone: AbortSignal) => Promise<void>;
  /** Waited for before a restart, so that a child does not die again and again of something else's trouble. */
  readonly mayStart: (stop: AbortSignal) => Promise<void>;
}

export interface Watch {
  readonly say: (line: string) => void;
  readonly started: (pid: number) => Promise<void> | void;
  /** The child died too often: everything has to end. */
  readonly gaveUp: (trouble: Trouble) => void;
}

const READY_WITHIN_MS = 180_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
export const MOST_RESTARTS = 5;
export const WITHIN_MS = 60_000;

/** Whether one more restart is sensible, given when the child died before. */
export const mayRestart = (deaths: readonly number[], now: number) =>
  deaths.filter((at) => now - at < WITHIN_MS).length <= MOST_RESTARTS;

/**
 * Keeps one child process running, in a session of its own (a Ctrl-C in the terminal does not reach it before we stop it
 * in order), with what it prints in a log file.
 */
export class Supervised {
  readonly #plan: Plan;
  readonly #watch: Watch;
  readonly #stop = new AbortController();
  readonly #deaths: number[] = [];
  #child: ChildProcess | undefined;
  /** Why the child was ended on purpose. */
  #wanted: string | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(plan: Plan, watch: Watch) {
    this.#plan = plan;
    this.#watch = watch;
  }

  /** Starts the child and waits until it is ready. Throws with the last lines of its log when it dies before. */
  async start(): Promise<void> {
    await this.#launch();
    this.#running = this.#keep();
  }

  /** Replaces the child, for a reason that is not its fault. */
  async restart(why: string): Promise<void> {
    const { pid } = this.#child ?? {};
    this.#wanted = why;
    if (pid) await endSession(pid, this.#plan.graceMs);
  }

  /** Ends the child and everything it started. Returns whether all of it is gone. */
  async stop(hard?: AbortSignal): Promise<boolean> {
    this.#stop.abort();
    const { pid } = this.#child ?? {};
    const ended = pid ? await endSession(pid, this.#plan.graceMs, hard) : true;
    await this.#running;
    return ended;
  }

  async #launch(): Promise<void> {
    this.#stop.signal.throwIfAborted();
    const { name, command, env, log, ready } = this.#plan;
    const [program = "", ...args] = command;
    const output = openLog(log);
    const child = spawn(program, args, { env: env(), detached: true, stdio: ["ignore", output, output, "ipc"] });
    closeSync(output);
    this.#child = child;
    const gone = new AbortController();
    child.once("exit", () => gone.abort());
    child.once("error", () => gone.abort());
    if (child.pid) await this.#watch.started(child.pid);
    const isInTime = await withinTime(gone.signal, READY_WITHIN_MS, async (signal) => {
      await ready(child, signal);
      return !signal.aborted;
    });
    if (gone.signal.aborted) throw new Trouble(`${name} ended before it was ready.\n${lastLines(log)}`);
    if (!isInTime) throw new Trouble(`${name} is not ready after ${READY_WITHIN_MS / 1000} s.\n${lastLines(log)}`);
  }

  async #keep(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      if (this.#child) await ended(this.#child);
      if (this.#stop.signal.aborted) return;
      // Helpers of a killed child would keep its port.
      if (this.#child?.pid) await endSession(this.#child.pid, 0);
      await this.#replace();
    }
  }

  async #replace(): Promise<void> {
    const { name, log, mayStart } = this.#plan;
    const now = performance.now();
    const wanted = this.#wanted;
    this.#wanted = undefined;
    if (!wanted) this.#deaths.push(now);
    if (!mayRestart(this.#deaths, now)) {
      this.#stop.abort();
      const often = `${name} ended ${MOST_RESTARTS + 1} times within a minute`;
      this.#watch.gaveUp(new Trouble(`${often}, so Meridian stops. Its last words (${log}):\n${lastLines(log)}`));
      return;
    }
    this.#watch.say(`${wanted ?? `${name} ended`}; starting it again`);
    const recent = this.#deaths.filter((at) => now - at < WITHIN_MS).length;
    try {
      if (!wanted) await delay(100 * 2 ** recent, undefined, { signal: this.#stop.signal });
      await mayStart(this.#stop.signal);
      this.#stop.signal.throwIfAborted();
      await this.#launch();
      this.#watch.say(`${name} is back`);
    } catch (error) {
      if (!this.#stop.signal.aborted && !(error instanceof Trouble)) throw error;
      // It died again, which the next round sees; or we are stopping.
    }
  }
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
  });

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
  } catch {
    return "";
  }
}
