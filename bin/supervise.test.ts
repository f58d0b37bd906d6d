import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identify, isAlive } from "./run-file.ts";
import { MOST_RESTARTS, mayRestart, type Plan, Supervised, WITHIN_MS } from "./supervise.ts";

let home: string;
let said: string[];
let pids: number[];
let troubles: string[];
let children: Supervised[];

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "meridian-supervise-"));
  said = [];
  pids = [];
  troubles = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) await child.stop();
  rmSync(home, { recursive: true, force: true });
});

function supervised(code: string, ready: Plan["ready"] = untilMessage, program = process.execPath): Supervised {
  const plan: Plan = {
    name: "the worker",
    command: [program, "-e", code],
    env: () => process.env,
    log: path.join(home, "worker.log"),
    graceMs: 10_000,
    ready,
    mayStart: async () => undefined,
  };
  const child = new Supervised(plan, {
    say: (line) => said.push(line),
    started: (pid) => void pids.push(pid),
    gaveUp: (trouble) => troubles.push(trouble.message),
  });
  children.push(child);
  return child;
}

const untilMessage: Plan["ready"] = (child, gone) =>
  new Promise((resolve) => {
    child.once("message", () => resolve());
    gone.addEventListener("abort", () => resolve());
  });

const works = "process.send('ready'); setInterval(() => {}, 1000)";
const lives = async (pid: number | undefined) => pid !== undefined && (await isAlive(await identify(pid)));

test("a child that is killed is started again, and is gone after the stop", async () => {
  const child = supervised(works);
  await child.start();
  process.kill(pids[0] ?? 0, "SIGKILL");
  await expect.poll(() => said).toEqual(["the worker ended; starting it again", "the worker is back"]);
  expect(pids).toHaveLength(2);
  expect(await child.stop()).toBe(true);
  expect(await lives(pids[1])).toBe(false);
  expect(troubles).toEqual([]);
});

test("a child that ends before it is ready says its last words", async () => {
  const child = supervised("console.error('no such table'); process.exit(3)");
  await expect(child.start()).rejects.toThrow("the worker ended before it was ready.\nno such table");
});

test("a child that cannot be started at all is trouble, not a crash", async () => {
  const child = supervised("", untilMessage, "/no/such/program");
  await expect(child.start()).rejects.toThrow(/ended before it was ready/);
});

test("a child that ignores a polite stop is ended at once when asked twice", async () => {
  const child = supervised(`process.on('SIGTERM', () => console.log('no')); ${works}`);
  await child.start();
  const hard = new AbortController();
  const stopping = child.stop(hard.signal);
  await expect.poll(() => readFileSync(path.join(home, "worker.log"), "utf8")).toContain("no");
  hard.abort();
  expect(await stopping).toBe(true);
});

test("what a child started ends with it", async () => {
  const child = supervised(`const s = require('child_process').spawn('sleep', ['600']); console.log(s.pid); ${works}`);
  await child.start();
  const helper = Number(readFileSync(path.join(home, "worker.log"), "utf8"));
  expect(await lives(helper)).toBe(true);
  await child.stop();
  expect(await lives(helper)).toBe(false);
});

test("a restart is bounded within a minute", () => {
  const now = 1_000_000;
  const deaths = (count: number, at = now) => Array.from({ length: count }, () => at);
  expect(mayRestart(deaths(MOST_RESTARTS), now)).toBe(true);
  expect(mayRestart(deaths(MOST_RESTARTS + 1), now)).toBe(false);
  expect(mayRestart(deaths(MOST_RESTARTS + 1, now - WITHIN_MS), now)).toBe(true);
});

test("a child that dies again and again is given up with a sentence", async () => {
  // Ready, and dead a moment later.
  const child = supervised("process.send('ready', () => { console.log('bye'); process.exit(1) })");
  await child.start();
  await expect.poll(() => troubles, { timeout: 30_000 }).toHaveLength(1);
  expect(troubles[0]).toMatch(/^the worker ended 6 times within a minute, so Meridian stops[\s\S]*bye$/);
  expect(pids).toHaveLength(MOST_RESTARTS + 1);
});
