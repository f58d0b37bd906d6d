import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import type { Order } from "#lib/launch/launcher.ts";
import type { Jupyter } from "#lib/launch/local/find-jupyter.ts";
import { jupyterConfig, jupyterOptions } from "#lib/launch/local/jupyter-options.ts";
import { type Limits, limitsFor, type Machine } from "#lib/launch/local/limits.ts";
import { coresOf, makeCgroup, readMachine } from "#lib/launch/local/machine.ts";
import { notebookEnvironment } from "#lib/launch/local/notebook-environment.ts";
import { MARK_PLACE, MARK_SESSION, readProcesses, startOf } from "#lib/launch/local/processes.ts";
import { cgroupOf, flavourFile } from "#lib/launch/local/running-server.ts";
import {
  bootId,
  clearSessionFolder,
  homeOf,
  readState,
  type SessionFolder,
  type SessionState,
  writeState,
  writeWhole,
} from "#lib/launch/local/session-folder.ts";
import { freePort } from "#lib/loopback-port.ts";

/** The servers that this process started: it alone is told how they end. */
const watched = new Map<number, Promise<void>>();

/** Returns when the end of a server that we started is written down; at once for any other. */
export const endIsWritten = async (pid: number): Promise<void> => await watched.get(pid);

/**
 * Starts a server for the order and writes it down. The caller holds the session's lock and knows that none lives.
 *
 * The server leads a Unix session of its own and writes to a file, so it outlives us. Throws what the file system and
 * `spawn` throw.
 */
export async function startServer(
  folder: SessionFolder,
  order: Order,
  { jupyter, environment }: { jupyter: Jupyter; environment: NodeJS.ProcessEnv },
): Promise<void> {
  const home = homeOf(folder.place, order.user);
  clearSessionFolder(folder);
  writeWhole(folder.config, jupyterConfig(jupyter, randomBytes(24).toString("hex")));
  writeWhole(flavourFile(folder), JSON.stringify({ flavour: jupyter.flavour }));
  const options = jupyterOptions(jupyter, {
    port: await freePort(), // should somebody take it meanwhile, Jupyter goes on to another
    home,
    config: folder.config,
    asRoot: process.getuid?.() === 0,
  });
  const limits = await limitsOf(folder, order, readMachine(environment));
  const script = [...limits.shell, 'exec "$@"'].join("\n");
  const log = openSync(folder.log, "a", 0o600);
  try {
    const child = spawn(
      /* turbopackIgnore: true */ "/bin/sh",
      ["-c", script, "sh", ...limits.wrapper, ...jupyter.command, ...options],
      {
        cwd: home,
        detached: true,
        stdio: ["ignore", log, log],
        env: notebookEnvironment(environment, home, {
          ...withOwnPrograms(jupyter, environment),
          ...jupyter.environment,
          ...limits.environment,
          JUPYTER_RUNTIME_DIR: folder.runtime,
          [MARK_PLACE]: folder.place,
          [MARK_SESSION]: folder.key,
        }),
      },
    );
    const end = new Promise<NonNullable<SessionState["ended"]>>((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal }));
    });
    await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    const pid = child.pid ?? 0;
    const startedAt = (await startOf(pid)) ?? 0; // 0: it ended at once
    writeState(folder, { pid, startedAt, boot: bootId() });
    watched.set(
      pid,
      end.then((ended) => {
        watched.delete(pid);
        const state = readState(folder);
        // Somebody may have released it, or started the next one, before we heard.
        if (state?.pid === pid && state.ended === undefined) writeState(folder, { ...state, ended });
      }),
    );
  } finally {
    closeSync(log);
  }
}

/** So that `!pip` and a terminal's `python` mean the Python that runs the notebook. */
function withOwnPrograms(jupyter: Jupyter, environment: NodeJS.ProcessEnv): Record<string, string> {
  const folder = path.dirname(jupyter.command[0] ?? "");
  const folders = (environment.PATH ?? "").split(path.delimiter);
  if (!path.isAbsolute(folder) || folders.includes(folder)) return {};
  return { PATH: [folder, ...folders].join(path.delimiter) };
}

async function limitsOf(folder: SessionFolder, order: Order, machine: Machine): Promise<Limits> {
  const busy = (await readProcesses())
    .filter((one) => one.mark?.place === folder.place && one.command.includes("--config="))
    .map((one) => coresOf(one.pid));
  if (machine.cgroup) {
    const group = cgroupOf(folder, machine.cgroup.path);
    try {
      makeCgroup(group, machine.cgroup, order.resources);
      const limits = limitsFor(order.resources, machine, busy);
      return { ...limits, shell: [`echo $$ > '${group}/cgroup.procs' || exit 1`, ...limits.shell] };
    } catch {
      // The system promised more than it gives: without a group the other means hold.
    }
  }
  return limitsFor(order.resources, { ...machine, cgroup: null }, busy);
}
