import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";

/** The two variables that every process of a session carries and hands to its children. */
export const MARK_PLACE = "MERIDIAN_PLACE";
export const MARK_SESSION = "MERIDIAN_SESSION";

/** A living process; zombies do not count. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The Unix session it belongs to (`setsid`); 0 where the system does not tell. */
  readonly session: number;
  /** Only to be compared with itself: with the pid it names one process for good, as pids are given out again. */
  readonly startedAt: number;
  readonly command: string;
  /** Which data folder and which session it was started for; null for everybody else's processes. */
  readonly mark: { readonly place: string; readonly key: string } | null;
}

/** Every living process whose facts we may read. Reads /proc on Linux (300 processes: 6 ms), asks `ps` elsewhere. */
export async function readProcesses(): Promise<readonly Process[]> {
  if (process.platform !== "linux") return processesFromPs();
  const found: Process[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat) found.push({ ...stat, command: read(name, "cmdline").replaceAll("\0", " "), mark: markOf(name) });
  }
  return found;
}

/** When the process started, or null when there is none (any more). */
export async function startOf(pid: number): Promise<number | null> {
  if (process.platform === "linux") return readStat(pid)?.startedAt ?? null;
  return (await processesFromPs(["-p", String(pid)])).find((one) => one.pid === pid)?.startedAt ?? null;
}

/** The seeds, their descendants, and whoever shares a Unix session with one of those; never ourselves. */
export function familyOf(all: readonly Process[], isSeed: (one: Process) => boolean): Process[] {
  const family = new Map(all.filter(isSeed).map((one) => [one.pid, one]));
  const ours = all.find((one) => one.pid === process.pid);
  const sessions = new Set<number>();
  for (let before = -1; family.size > before; ) {
    before = family.size;
    for (const one of family.values()) if (one.session > 1 && one.session !== ours?.session) sessions.add(one.session);
    for (const one of all) if (family.has(one.parent) || sessions.has(one.session)) family.set(one.pid, one);
  }
  family.delete(process.pid);
  return [...family.values()];
}

function readStat(pid: number): Pick<Process, "pid" | "parent" | "session" | "startedAt"> | null {
  // pid (name) state ppid pgrp session …; field 22 is the start; the name may hold anything, even ") ".
  const fields = read(String(pid), "stat")
    .replace(/^.*\) /s, "")
    .split(" ");
  const [state, parent, , session] = fields;
  if (fields.length < 20 || state === "Z" || state === "X") return null;
  return { pid, parent: Number(parent), session: Number(session), startedAt: Number(fields[19]) };
}

function markOf(pid: string): Process["mark"] {
  const variables = read(pid, "environ");
  if (!variables.includes(MARK_PLACE)) return null;
  const value = (name: string) =>
    variables
      .split("\0")
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  const place = value(MARK_PLACE);
  const key = value(MARK_SESSION);
  return place && key ? { place, key } : null;
}

/** "" when the process has ended meanwhile, or is not ours to read. */
function read(pid: string, file: "stat" | "cmdline" | "environ"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

const run = promisify(execFile);

/** `ps` shows no environment everywhere, so the mark is read from the path of the configuration in the command. */
export async function processesFromPs(which: readonly string[] = ["-ax"]): Promise<Process[]> {
  const columns = ["-ww", "-o", "pid=,ppid=,stat=,lstart=,command="];
  const { stdout } = await run("ps", [...which, ...columns], {
    env: { ...process.env, LC_ALL: "C" },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? "" })); // exit code 1: no such pid
  return stdout.split("\n").flatMap((line) => {
    const parts = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line);
    if (!parts) return [];
    const [, pid, parent, state = "", started = "", command = ""] = parts;
    if (state.startsWith("Z")) return [];
    const mark = /--config=(.+)\/sessions\/([a-z][a-z0-9-]*)\/jupyter\.json/.exec(command);
    return {
      pid: Number(pid),
      parent: Number(parent),
      session: 0,
      startedAt: Date.parse(started),
      command,
      mark: mark?.[1] && mark[2] ? { place: mark[1], key: mark[2] } : null,
    };
  });
}
