import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Process, readProcesses } from "#lib/launch/local/processes.ts";
import { type Identity, isAlive } from "./run-file.ts";

/** How long killed processes may take to disappear. */
const KILL_MS = 5_000;
const ORPHAN_GRACE_MS = 3_000;

/**
 * Ends a process that was started as a session of its own, and everybody in that session: politely, and by force after
 * `graceMs` or when `hard` aborts. Returns whether all of them are gone.
 */
export async function endSession(pid: number, graceMs: number, hard?: AbortSignal): Promise<boolean> {
  let told = false;
  for (const began = performance.now(); ; await delay(20)) {
    const members = (await readProcesses()).filter((one) => one.session === pid || one.pid === pid);
    if (members.length === 0) return true;
    const passedMs = performance.now() - began;
    if (passedMs > graceMs + KILL_MS) return false;
    const kill = hard?.aborted || passedMs > graceMs;
    if (!kill && told) continue;
    for (const { pid } of members) tell(pid, kill ? "SIGKILL" : "SIGTERM");
    told = true;
  }
}

/** Ends what an earlier run left of this session, if it is still the one that was recorded. */
export async function endOrphan(leader: Identity, data: string): Promise<"ended" | "none" | "stuck"> {
  const known = await isAlive(leader);
  const members = (await readProcesses()).filter((one) => one.session === leader.pid || one.pid === leader.pid);
  // When the leader is gone its number may have become another session's: look whom the members work for.
  if (!known && !members.some((one) => worksFor(one, data))) return "none";
  return (await endSession(leader.pid, ORPHAN_GRACE_MS)) ? "ended" : "stuck";
}

function worksFor(one: Process, data: string): boolean {
  try {
    return readFileSync(`/proc/${one.pid}/environ`, "utf8").split("\0").includes(`MERIDIAN_DATA=${data}`);
  } catch {
    return false;
  }
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It was faster.
  }
}
