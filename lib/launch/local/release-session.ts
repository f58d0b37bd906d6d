import { existsSync } from "node:fs";
import { endProcesses } from "#lib/launch/local/end-processes.ts";
import { withLock } from "#lib/launch/local/lock.ts";
import { readMachine, removeCgroup } from "#lib/launch/local/machine.ts";
import { cgroupOf, isOf, knownServer } from "#lib/launch/local/running-server.ts";
import {
  forgetSecrets,
  pauseMark,
  readState,
  type SessionFolder,
  writeState,
} from "#lib/launch/local/session-folder.ts";

interface Way {
  readonly graceMs: number;
  readonly signal: AbortSignal;
}

/**
 * Ends all processes of the session and forgets its token; keeps its log, and a note that it was ended on purpose.
 * Does nothing when there is none.
 */
export async function endSession(folder: SessionFolder, { graceMs, signal }: Way, pause = false): Promise<void> {
  const end = async () => {
    const server = await knownServer(folder);
    const isSeed = isOf(folder);
    await endProcesses((one) => isSeed(one) || one.pid === server?.pid, { graceMs, signal });
  };
  if (!existsSync(folder.path)) return await end();
  await withLock(folder.lock, signal, async () => {
    pauseMark(folder, pause);
    const state = readState(folder);
    if (state) writeState(folder, { ...state, ended: "released" });
    await end();
    forgetSecrets(folder);
    const { cgroup } = readMachine();
    if (cgroup) removeCgroup(cgroupOf(folder, cgroup.path));
  });
}
