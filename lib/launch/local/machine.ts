import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Resources } from "#lib/booking/resources.ts";
import type { Machine } from "#lib/launch/local/limits.ts";

/** What this machine offers to limit sessions; cheap enough to be asked at each launch. */
export function readMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  const folders = (environment.PATH ?? "").split(path.delimiter);
  return {
    system: process.platform,
    cores: coresOf("self"),
    hasTaskset: folders.some((folder) => existsSync(path.join(/* turbopackIgnore: true */ folder, "taskset"))),
    cgroup: findCgroup(),
  };
}

/** The cores a process may run on; empty where the system does not tell, or when it has ended. */
export function coresOf(pid: number | "self"): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? "";
  return list.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    if (range === "" || first === undefined || last === undefined) return [];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

const CGROUP_ROOT = "/sys/fs/cgroup";

/**
 * The nearest cgroup (version 2) above us that hands controllers down and that we may write to, as systemd gives to
 * every user's own slice. Our own group cannot be the one: a group with processes in it hands nothing down.
 */
function findCgroup(): Machine["cgroup"] {
  if (!existsSync(`${CGROUP_ROOT}/cgroup.controllers`)) return null;
  const own = /^0::(\/.*)$/m.exec(read("/proc/self/cgroup"))?.[1];
  if (!own || own === "/") return null;
  for (let folder = path.dirname(CGROUP_ROOT + own); folder.startsWith(CGROUP_ROOT); folder = path.dirname(folder)) {
    const handedDown = read(`${folder}/cgroup.subtree_control`).trim().split(" ");
    if (!canWrite(folder) || !canWrite(`${folder}/cgroup.procs`)) continue;
    const memory = handedDown.includes("memory");
    const cpu = handedDown.includes("cpu");
    if (memory || cpu) return { path: folder, memory, cpu };
  }
  return null;
}

/** Makes a group that holds to `resources`; throws when the system refuses, and the caller does without. */
export function makeCgroup(group: string, cgroup: NonNullable<Machine["cgroup"]>, resources: Resources): void {
  mkdirSync(group, { recursive: true });
  if (cgroup.memory) writeFileSync(`${group}/memory.max`, String(Math.max(1, resources.memoryGiB) * 2 ** 30));
  if (cgroup.cpu) writeFileSync(`${group}/cpu.max`, `${Math.max(1, resources.cores) * 100_000} 100000`);
}

export function removeCgroup(group: string): void {
  try {
    rmdirSync(group);
  } catch {
    // There was none, or its last process is just leaving: an empty group costs nothing.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function canWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
