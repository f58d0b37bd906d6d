import { setTimeout as pause } from "node:timers/promises";
import { LaunchError } from "#lib/launch/launcher.ts";
import { familyOf, type Process, readProcesses } from "#lib/launch/local/processes.ts";

/** How long a killed process may take to disappear before we say that it cannot be ended. */
const KILL_MS = 5_000;

const idOf = (one: Process) => `${one.pid}@${one.startedAt}`;

/**
 * Ends the seeds and all their family, and returns once none is left: first politely (SIGTERM), after `graceMs` by
 * force (SIGKILL). Kernels live in Unix sessions of their own and may lose their parent on the way, so the family is
 * read anew in each round, with everybody met before counted as a seed.
 *
 * Throws a LaunchError when a process outlives even SIGKILL, and the signal's reason when it aborts.
 */
export async function endProcesses(
  isSeed: (one: Process) => boolean,
  { graceMs, signal }: { graceMs: number; signal: AbortSignal },
): Promise<void> {
  const met = new Set<string>();
  const began = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const left = familyOf(await readProcesses(), (one) => isSeed(one) || met.has(idOf(one)));
    if (left.length === 0) return;
    const passedMs = performance.now() - began;
    if (passedMs > graceMs + KILL_MS) {
      const pids = left.map((one) => one.pid).join(", ");
      throw new LaunchError(`These processes of the session could not be ended: ${pids}.`, { mayPass: true });
    }
    for (const one of left) {
      if (passedMs > graceMs) send(one, "SIGKILL");
      else if (!met.has(idOf(one))) send(one, "SIGTERM");
      met.add(idOf(one));
    }
    await pause(15, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function send(one: Process, signal: "SIGTERM" | "SIGKILL") {
  try {
    process.kill(one.pid, signal);
  } catch {
    // It has ended meanwhile, or is not ours to end: the next round sees which.
  }
}
