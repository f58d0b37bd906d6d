import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** What `postmaster.pid` of a cluster says. The server writes it line by line, so the later ones may be missing still. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number | undefined;
  readonly ready: boolean;
}

const pidFile = (cluster: string) => path.join(cluster, "postmaster.pid");

export function readPidFile(cluster: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(cluster), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number.parseInt(lines[0] ?? "", 10);
  if (!(pid > 0)) return null;
  return { pid, port: Number.parseInt(lines[3] ?? "", 10) || undefined, ready: lines[7]?.trim() === "ready" };
}

/**
 * The server that runs on this very cluster, if one does. A pid file is left behind when a server is killed, and its
 * pid may be another program's by now: so the process itself is asked, which works in its data folder.
 */
export function runningPostmaster(cluster: string): Postmaster | null {
  const written = readPidFile(cluster);
  return written && worksIn(written.pid, cluster) ? written : null;
}

/** Every process of this cluster, also those that outlived their postmaster and keep its shared memory. */
export function processesOf(cluster: string): number[] {
  let pids: number[];
  try {
    pids = readdirSync("/proc").map(Number).filter(Boolean);
  } catch {
    const running = runningPostmaster(cluster);
    return running ? [running.pid] : [];
  }
  return pids.filter((pid) => worksIn(pid, cluster));
}

function worksIn(pid: number, cluster: string): boolean {
  try {
    const real = realpathSync(cluster);
    if (process.platform !== "linux") {
      const command = execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
      return command.includes("postgres") && (command.includes(cluster) || command.includes(real));
    }
    if (readlinkSync(`/proc/${pid}/cwd`) !== real) return false;
    return path.basename(readlinkSync(`/proc/${pid}/exe`)).startsWith("postgres");
  } catch {
    return false; // gone, a zombie, or another user's: not a server of ours
  }
}

/** Removes what a killed server left: its pid file, and its processes that did not notice. */
export async function clearRemains(cluster: string): Promise<void> {
  await endAll(cluster, "SIGKILL", 10_000);
  await rm(pidFile(cluster), { force: true });
}

/** How a server is told to stop: `orderly` ends its sessions and writes a checkpoint, `hard` leaves that to the next start. */
export async function stopPostmaster(cluster: string, how: "orderly" | "hard" = "orderly"): Promise<void> {
  if (how === "orderly" && (await end(cluster, "SIGINT", 30_000))) return;
  if (await end(cluster, "SIGQUIT", 3_000)) return;
  await clearRemains(cluster);
}

async function end(cluster: string, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  const running = runningPostmaster(cluster);
  if (running) tell(running.pid, signal);
  return gone(cluster, waitMs);
}

async function endAll(cluster: string, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  for (const pid of processesOf(cluster)) tell(pid, signal);
  return gone(cluster, waitMs);
}

async function gone(cluster: string, waitMs: number): Promise<boolean> {
  for (const until = Date.now() + waitMs; processesOf(cluster).length > 0; await delay(25)) {
    if (Date.now() > until) return false;
  }
  return true;
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It was faster.
  }
}
