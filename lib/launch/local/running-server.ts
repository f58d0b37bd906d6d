import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { type Process, readProcesses, startOf } from "#lib/launch/local/processes.ts";
import {
  bootId,
  isKey,
  readJson,
  readState,
  type SessionFolder,
  writeState,
} from "#lib/launch/local/session-folder.ts";
import { withinTime } from "#lib/time-limit.ts";

/** Whether a process was started for this session of this data folder. */
export const isOf =
  ({ place, key }: { place: string; key: string }) =>
  (one: Process): boolean =>
    one.mark?.place === place && one.mark.key === key;

/** The server that is written down, if it still lives. Cheap: looks at one process. */
export async function knownServer(folder: SessionFolder): Promise<{ pid: number } | null> {
  const state = readState(folder);
  if (!state || state.boot !== bootId()) return null;
  return (await startOf(state.pid)) === state.startedAt ? { pid: state.pid } : null;
}

/**
 * Every living server of the session, oldest first, found by its mark among all processes: also one whose starter died
 * before writing it down. Kernels carry the mark, too; the server is who was started with our configuration. (A child
 * that is just about to become a kernel still shows its parent's command, so children of servers do not count.)
 */
export async function findServers(folder: SessionFolder): Promise<Process[]> {
  const servers = (await readProcesses())
    .filter(isOf(folder))
    .filter((one) => one.command.includes(`--config=${folder.config}`));
  const pids = new Set(servers.map((one) => one.pid));
  return servers.filter((one) => !pids.has(one.parent)).sort((a, b) => a.startedAt - b.startedAt || a.pid - b.pid);
}

/** Writes a found server down, so that it is known from now on. */
export function adopt(folder: SessionFolder, server: Process): void {
  writeState(folder, { pid: server.pid, startedAt: server.startedAt, boot: bootId() });
}

/** How to reach a server; holds its token. */
export interface ServerInfo {
  readonly port: number;
  readonly token: string;
  readonly flavour: "lab" | "notebook";
}

/** The port and token of the server as Jupyter itself wrote them once it listened; null before that. */
export function serverInfo(folder: SessionFolder): ServerInfo | null {
  let names: string[];
  try {
    names = readdirSync(folder.runtime);
  } catch {
    return null;
  }
  const name = names.find((one) => /^(jp|nb)server-\d+\.json$/.test(one));
  if (!name) return null;
  const info = readJson<{ port: number; token: string }>(path.join(/* turbopackIgnore: true */ folder.runtime, name));
  const flavour = readJson<{ flavour: "lab" | "notebook" }>(flavourFile(folder))?.flavour ?? "lab";
  return info ? { port: info.port, token: info.token, flavour } : null;
}

export const flavourFile = (folder: SessionFolder): string =>
  path.join(/* turbopackIgnore: true */ folder.runtime, "flavour.json");

/**
 * Whether the server lets our token in. `/api` would answer anybody; `/api/status` answers 200 only to who has the
 * token, so another program that took the port is never taken for our server.
 */
export async function answers(info: ServerInfo, signal: AbortSignal): Promise<boolean> {
  try {
    return await withinTime(signal, 5_000, async (limited) => {
      const response = await fetch(`http://127.0.0.1:${info.port}/api/status`, {
        headers: { authorization: `token ${info.token}` },
        signal: limited,
        redirect: "manual",
        cache: "no-store",
      });
      await response.body?.cancel();
      return response.status === 200;
    });
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** The session's group below `parent`; its name tells data folders apart. */
export const cgroupOf = ({ place, key }: SessionFolder, parent: string): string =>
  `${parent}/meridian-${createHash("sha256").update(place).digest("hex").slice(0, 8)}-${key}`;

/** The sessions of this data folder that have at least one living process. */
export async function livingKeys(place: string): Promise<string[]> {
  const keys = (await readProcesses()).flatMap((one) => (one.mark?.place === place ? [one.mark.key] : []));
  return [...new Set(keys)].filter(isKey).sort();
}
