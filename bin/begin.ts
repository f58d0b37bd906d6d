import path from "node:path";
import { ConfigError } from "#lib/config.ts";
import { prepareDatabase } from "#lib/db/prepare.ts";
import type { Environment } from "#lib/env.ts";
import { endProcesses } from "#lib/launch/local/end-processes.ts";
import { installJupyter } from "#lib/launch/local/install-jupyter.ts";
import { stopAllLocal } from "#lib/launch/local/stop-all-local.ts";
import { seed } from "../prisma/seed.ts";
import { buildWhenChanged } from "./build.ts";
import { webPlan, workerPlan } from "./children.ts";
import { embeddedDatabase, externalDatabase, type UsedDatabase, withoutPassword } from "./database.ts";
import { keptKey } from "./keys.ts";
import { portTrouble } from "./port.ts";
import { identify, type Run } from "./run-file.ts";
import { addressOf } from "./settings.ts";
import { type Plan, Supervised } from "./supervise.ts";
import { say, step } from "./terminal.ts";
import { Trouble } from "./trouble.ts";
import type { Undo } from "./undo.ts";
import { vaultTrouble } from "./vault-trouble.ts";
import { onLibraryChange } from "./watch-library.ts";
import { welcome } from "./welcome.ts";

const NOTEBOOK_GRACE_MS = 5_000;

export interface Beginning {
  readonly mode: "start" | "dev";
  readonly env: Environment;
  readonly run: Run;
  readonly undo: Undo;
  readonly stop: AbortSignal;
  /** Something that cannot be mended happened later on. */
  readonly gaveUp: (trouble: Trouble) => void;
}

/** Sets everything up and starts it; returns when Meridian answers. Gives up when `stop` aborts. */
export async function begin({ mode, env, run, undo, stop, gaveUp }: Beginning): Promise<void> {
  const data = env.MERIDIAN_DATA;
  const dev = mode === "dev";
  const taken = await portTrouble(env.HOST, env.PORT);
  if (taken) throw new Trouble(taken);
  const variables = variablesOf(env, dev);

  const children: Supervised[] = [];
  const starting = startDatabase(env, stop, {
    say,
    replaced: () => {
      run.update({ database: databaseOf(database) });
      // They hold its address.
      if (database.url() !== variables.DATABASE_URL)
        for (const child of children) void child.restart("the database has moved");
      variables.DATABASE_URL = database.url();
    },
    gaveUp,
  });
  undo.push(env.DATABASE_URL ? null : "the database", async (hard) => (await starting.catch(() => null))?.stop(hard));
  const database = await starting;
  variables.DATABASE_URL = database.url();
  run.update({ database: databaseOf(database) });
  stop.throwIfAborted();

  undo.push(null, endHelpers);
  const jupyter = installJupyter({
    data,
    say: (line) => stop.aborted || say(line),
    ...(env.MERIDIAN_JUPYTER ? { jupyter: env.MERIDIAN_JUPYTER } : {}),
  });
  await step("preparing the database", () => prepareDatabase({ url: database.url(), say }));
  const people = await seed({ url: database.url(), env, say }).catch((error: unknown) => {
    throw error instanceof ConfigError ? new Trouble(error.message) : error;
  });
  const locked = await vaultTrouble(process.env.MERIDIAN_VAULT_KEY || keptKey(data, "vault.key"), database.url());
  if (locked) say(locked);
  stop.throwIfAborted();
  if (!dev) await buildWhenChanged(stop);
  stop.throwIfAborted();

  undo.push("the notebooks", (hard) => stopNotebooks(data, hard));
  const supervised = async (key: "web" | "worker", plan: Plan) => {
    const started = async (pid: number) => run.update({ [key]: await identify(pid) });
    const child = new Supervised(plan, { say, started, gaveUp });
    undo.push(plan.name, (hard) => child.stop(hard));
    children.push(child);
    await child.start();
    stop.throwIfAborted();
    return child;
  };
  const common = { logs: path.join(data, "logs"), env: () => variables, mayStart: database.answers };
  const worker = await supervised("worker", workerPlan(common));
  if (dev) onLibraryChange(stop, () => void worker.restart("a source of the worker changed"));
  const web = { host: env.HOST, port: env.PORT, address: addressOf(env), dev };
  await step("starting the web server", () => supervised("web", webPlan(common, web))).catch(async (error) => {
    const takenMeanwhile = stop.aborted ? null : await portTrouble(env.HOST, env.PORT);
    throw takenMeanwhile ? new Trouble(takenMeanwhile) : error;
  });
  const readiness = await jupyter;
  stop.throwIfAborted();
  run.update({ state: "ready" });
  say(
    welcome({
      address: variables.NEXTAUTH_URL ?? addressOf(env),
      data,
      database: database.inWords(),
      people,
      readiness,
    }),
  );
}

/** What our children find in their environment; the database's address is added when it is known. */
function variablesOf(env: Environment, dev: boolean): NodeJS.ProcessEnv {
  const data = env.MERIDIAN_DATA;
  return {
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    HOST: env.HOST,
    PORT: String(env.PORT),
    MERIDIAN_DATA: data,
    ...(env.MERIDIAN_CONFIG && { MERIDIAN_CONFIG: path.resolve(env.MERIDIAN_CONFIG) }),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || addressOf(env),
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || keptKey(data, "auth.secret"),
  };
}

const startDatabase = (env: Environment, stop: AbortSignal, watch: Parameters<typeof embeddedDatabase>[2]) =>
  env.DATABASE_URL
    ? externalDatabase(env.DATABASE_URL, say)
    : step("starting the database", () => embeddedDatabase(env.MERIDIAN_DATA, stop, watch));

function databaseOf(database: UsedDatabase) {
  const pid = database.pid();
  return { ...(pid ? { pid } : {}), url: withoutPassword(database.url()) ?? "" };
}

/** They are paused, not released: the next start launches them again while their slot lasts. */
async function stopNotebooks(data: string, hard: AbortSignal): Promise<void> {
  const gently = stopAllLocal({ data, pause: true, graceMs: NOTEBOOK_GRACE_MS, signal: hard });
  await gently.catch((error) => {
    if (!hard.aborted) throw error;
  });
  if (hard.aborted) await stopAllLocal({ data, pause: true, graceMs: 0 });
}

/** A build or an installation that was interrupted. tsx's own helper is needed until the end and ends with us. */
async function endHelpers(hard: AbortSignal): Promise<void> {
  await endProcesses((one) => one.parent === process.pid && !one.command.includes("esbuild"), {
    graceMs: hard.aborted ? 0 : NOTEBOOK_GRACE_MS,
    signal: new AbortController().signal,
  });
}
