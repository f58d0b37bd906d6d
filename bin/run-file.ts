import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startOf } from "#lib/launch/local/processes.ts";

/** Names one process for good: a pid alone is given out again. */
export interface Identity {
  readonly pid: number;
  readonly startTime: number | null;
  /** Starts are counted from the machine's own. */
  readonly boot: string;
}

/** `<data>/run.json`: who serves this data folder now. Holds no secrets. */
export interface RunRecord extends Identity {
  readonly url: string;
  readonly state: "starting" | "ready" | "stopping";
  readonly web?: Identity;
  readonly worker?: Identity;
  /** `url` without the password; `pid` only of a server that we started. */
  readonly database?: { readonly pid?: number; readonly url: string };
}

export interface Run {
  /** What an earlier run that ended without tidying up had recorded. */
  readonly earlier: RunRecord | null;
  update(change: Partial<RunRecord>): void;
  remove(): void;
}

export async function identify(pid: number): Promise<Identity> {
  return { pid, startTime: await startOf(pid), boot: bootId() };
}

export async function isAlive({ pid, startTime, boot }: Identity): Promise<boolean> {
  if (boot !== bootId()) return false;
  const started = await startOf(pid);
  return started !== null && started === startTime;
}

/** Makes us the one that serves `data`; or returns the record of the living Meridian that does. */
export async function claimRun(data: string, url: string): Promise<Run | { readonly servedBy: RunRecord }> {
  const file = runFile(data);
  let record: RunRecord = { ...(await identify(process.pid)), url, state: "starting" };
  let earlier: RunRecord | null = null;
  // Written beside and then linked: of two that start at once, one gets the name.
  for (;;) {
    if (writeBeside(file, record, linkSync)) break;
    const found = readRun(data);
    if (found && (await isAlive(found))) return { servedBy: found };
    earlier = found ?? earlier;
    moveAside(file, found);
  }
  return {
    earlier,
    update(change) {
      record = { ...record, ...change };
      writeBeside(file, record, renameSync);
    },
    remove: () => rmSync(file, { force: true }),
  };
}

export function readRun(data: string): RunRecord | null {
  try {
    const record = JSON.parse(readFileSync(runFile(data), "utf8"));
    return typeof record?.pid === "number" ? record : null;
  } catch {
    return null; // none, or not one of ours
  }
}

const runFile = (data: string) => path.join(data, "run.json");

function writeBeside(file: string, record: RunRecord, put: (from: string, to: string) => void): boolean {
  const beside = `${file}.${randomUUID()}`;
  writeFileSync(beside, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  try {
    put(beside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Removes the record of a dead run; puts it back when somebody was quicker and it is no longer the dead one's. */
function moveAside(file: string, dead: RunRecord | null): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    const moved = JSON.parse(readFileSync(aside, "utf8"));
    if (moved.pid !== dead?.pid || moved.startTime !== dead?.startTime) linkSync(aside, file);
  } catch {
    // Moved by somebody else, or not readable: the next look tells.
  } finally {
    rmSync(aside, { force: true });
  }
}

let boot: string | undefined;
function bootId(): string {
  try {
    boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    boot = ""; // elsewhere a start is a date, which needs no boot
  }
  return boot;
}
