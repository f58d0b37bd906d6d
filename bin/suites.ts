import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { jupyterForTests } from "#lib/launch/local/test-machine.ts";
import { buildWhenChanged, nextCommand, root } from "./build.ts";
import { type Count, countPlaywright, countVitest, inOneLine, oneCheck, sum } from "./count.ts";
import { chromium } from "./find-chromium.ts";
import { say } from "./terminal.ts";
import { inWords } from "./trouble.ts";

/** One line of `npm test`: shows what it does while it does it, and never throws for what it finds. */
export interface Suite {
  readonly name: string;
  readonly run: (stop: AbortSignal) => Promise<Count>;
}

const program = (name: string) => path.join(root, "node_modules", ".bin", name);

/** In a CI's log, Biome's colours are more bytes than its words. */
const plain = process.stdout.isTTY ? [] : ["--colors=off"];

export const format: Suite = {
  name: "format and lint",
  run: async (stop) => oneCheck(await show([program("biome"), "ci", ...plain, "."], stop)),
};

export const types: Suite = {
  name: "types",
  run: async (stop) => {
    // Writes the types of the routes, which the pages import.
    const generated = await show([...nextCommand, "typegen"], stop);
    return oneCheck(generated === 0 ? await show([program("tsc"), "--noEmit"], stop) : generated);
  },
};

/** `projects`: names of vitest.config.ts, with `*`; all when none is given. */
export const vitest = (name: string, ...projects: string[]): Suite => ({
  name,
  run: (stop) =>
    withReport(async (report) => {
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${report}`];
      const chosen = projects.map((project) => `--project=${project}`);
      const code = await show([program("vitest"), "run", ...reporters, ...chosen], stop);
      return countVitest(read(report), code);
    }),
});

export const journeys: Suite = {
  name: "journeys in the browser",
  run: (stop) =>
    withReport(async (report) => {
      await buildWhenChanged(stop);
      const env = {
        // Every journey has a data folder of its own: none of them need install it again.
        MERIDIAN_JUPYTER: await jupyterForTests(),
        MERIDIAN_CHROMIUM: await chromium((command, env) => show(command, stop, env)),
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      };
      const code = await show([program("playwright"), "test", "--reporter=list,json"], stop, env);
      return countPlaywright(read(report), code);
    }),
};

/** Runs all of them in order, whatever becomes of each, and ends this process with one line that sums them up. */
export async function runAll(suites: readonly Suite[]): Promise<never> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort(signal));
  const counts: Count[] = [];
  for (const suite of suites) {
    say(`\n── ${suite.name} ──`);
    const began = performance.now();
    const count = await suite.run(stop.signal).catch((error) => {
      say(inWords(error));
      return oneCheck(null);
    });
    counts.push(count);
    say(`── ${suite.name}: ${inOneLine(count)} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    if (stop.signal.aborted) {
      say("stopped before the end");
      process.exit(130);
    }
  }
  const all = sum(counts);
  say(`\n${inOneLine(all)}`);
  process.exit(all.failed === 0 ? 0 : 1);
}

/** Runs a command and shows what it prints. On Ctrl-C it is given the time to tidy up after itself. */
function show(command: readonly string[], stop: AbortSignal, env: Record<string, string> = {}): Promise<number | null> {
  if (stop.aborted) return Promise.resolve(null);
  const [file = "", ...args] = command;
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  // The terminal has told it as well, unless we alone were told.
  const pass = () => child.kill(stop.reason);
  stop.addEventListener("abort", pass, { once: true });
  return new Promise((resolve) => {
    const end = (code: number | null) => {
      stop.removeEventListener("abort", pass);
      resolve(code);
    };
    child.once("exit", end);
    child.once("error", (error) => {
      say(inWords(error));
      end(null);
    });
  });
}

async function withReport<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "meridian-report-"));
  try {
    return await work(path.join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : null);
