import { appendFileSync, chmodSync } from "node:fs";
import path from "node:path";
import { dataFolder, type Environment } from "#lib/env.ts";
import { begin } from "./begin.ts";
import { endOrphan } from "./end-session.ts";
import { claimRun, type Run } from "./run-file.ts";
import { addressOf, readSettings } from "./settings.ts";
import { listenForStop, type StopSignals } from "./stop-signals.ts";
import { say } from "./terminal.ts";
import { inWords, Trouble } from "./trouble.ts";
import { Undo } from "./undo.ts";

/** Runs Meridian until it is told to stop or something cannot be mended, and then ends this process. */
export async function serve(mode: "start" | "dev"): Promise<never> {
  const signals = listenForStop();
  try {
    const env = readSettings();
    openDataFolder(env.MERIDIAN_DATA);
    process.exit(await serveData(mode, env, signals));
  } catch (error) {
    say(inWords(error));
    if (!(error instanceof Trouble)) console.error(error);
    process.exit(1);
  }
}

/** The system user `postgres` has to pass through when we are root; it cannot list what is there. */
function openDataFolder(data: string): void {
  try {
    dataFolder(data, "logs");
    chmodSync(data, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    throw new Trouble(`The data folder ${data} cannot be used (${inWords(error)}). Choose another with MERIDIAN_DATA.`);
  }
}

/** Returns the exit code. */
async function serveData(mode: "start" | "dev", env: Environment, { stop, hard }: StopSignals): Promise<number> {
  const run = await claimRun(env.MERIDIAN_DATA, addressOf(env));
  if ("servedBy" in run) {
    const { url, pid } = run.servedBy;
    const advice = "Stop that one first, or choose another data folder with MERIDIAN_DATA.";
    throw new Trouble(`Meridian already serves ${env.MERIDIAN_DATA}: ${url} (process ${pid}). ${advice}`);
  }
  const undo = new Undo();
  const halt = new AbortController();
  const trouble = await new Promise<unknown>((resolve) => {
    if (stop.aborted) return resolve(null);
    stop.addEventListener("abort", () => resolve(null), { once: true });
    process.on("uncaughtException", resolve).on("unhandledRejection", resolve);
    endOrphans(run, env.MERIDIAN_DATA)
      .then(() => begin({ mode, env, run, undo, stop: halt.signal, gaveUp: resolve }))
      .catch((error) => resolve(error)); // late ones, of what is being stopped, change nothing
  });
  halt.abort();
  if (trouble) report(trouble, env.MERIDIAN_DATA);
  run.update({ state: "stopping" });
  const clean = await undo.all(hard);
  run.remove();
  return trouble || !clean || hard.aborted ? 1 : 0;
}

/** An earlier run that was killed may have left its web server and its worker. */
async function endOrphans({ earlier }: Run, data: string): Promise<void> {
  for (const [name, identity] of [["web server", earlier?.web] as const, ["worker", earlier?.worker] as const]) {
    if (!identity) continue;
    const outcome = await endOrphan(identity, data);
    if (outcome === "ended") say(`ended the ${name} that an earlier run left (process ${identity.pid})`);
    if (outcome === "stuck")
      throw new Trouble(`The ${name} of an earlier run (process ${identity.pid}) cannot be ended.`);
  }
}

/** A sentence for the person; what only a programmer understands goes to a file. */
function report(trouble: unknown, data: string): void {
  say(inWords(trouble));
  if (trouble instanceof Trouble) return;
  const file = path.join(data, "logs", "start.log");
  const details = trouble instanceof Error ? (trouble.stack ?? trouble.message) : String(trouble);
  try {
    appendFileSync(file, `${new Date().toISOString()} ${details}\n`, { mode: 0o600 });
    say(`Details are in ${file}.`);
  } catch {
    say(details);
  }
}
