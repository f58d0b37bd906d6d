import { run } from "graphile-worker";
import { platformReadiness } from "#lib/broker/platform-readiness.ts";
import { closeDatabase, database } from "#lib/db/client.ts";
import { allPlatforms } from "#lib/db/platforms.ts";
import { quiet } from "#lib/db/quiet-logger.ts";
import { SessionLocks } from "#lib/db/session-lock.ts";
import { sweep, tick } from "./sweep.ts";
import { makeTasks } from "./tasks.ts";

/**
 * The worker, a process of its own; any number may share a database. Says `ready` to its parent, and stops in order on
 * SIGTERM, SIGINT, or when the parent is gone. What runs on the platforms goes on: the next worker finds it again.
 */
const SWEEP_EVERY_MS = 5_000;
/** What is due begins at most this late. */
const TICK_EVERY_MS = 200;
/** A job for a later time starts at most this late. */
const POLL_EVERY_MS = 200;

const stopping = new AbortController();
const busy = new Set<string>();

function stop(): void {
  stopping.abort();
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, stop);
process.once("disconnect", stop);

/** Without its locks a worker may not go on: another one could be at the same session. */
const locks = await SessionLocks.open((error) => {
  if (stopping.signal.aborted) return;
  console.error(`lost the connection that holds the locks: ${error.message}`);
  process.exit(1);
});

await sweepOnce();
for (const platform of await allPlatforms()) {
  const readiness = await platformReadiness(platform, Date.now());
  const words = readiness.ready ? readiness.what : `${readiness.why} ${readiness.cure}`;
  console.log(`${platform.name}: ${words}`);
}
const runner = await run({
  connectionString: database().url,
  concurrency: 8,
  pollInterval: POLL_EVERY_MS,
  noHandleSignals: true,
  logger: quiet,
  taskList: makeTasks(locks, Date.now, stopping.signal),
});
const sweeping = setInterval(sweepOnce, SWEEP_EVERY_MS);
const ticking = setInterval(tickOnce, TICK_EVERY_MS);
process.send?.({ ready: true });
console.log("worker ready");

await new Promise((resolve) => {
  if (stopping.signal.aborted) resolve(null);
  stopping.signal.addEventListener("abort", resolve, { once: true });
});
clearInterval(sweeping);
clearInterval(ticking);
await runner.stop();
await locks.close();
await closeDatabase();
console.log("worker stopped");
process.exit(0);

function sweepOnce(): Promise<void> {
  return alone("the sweep", () => sweep({ now: Date.now(), signal: stopping.signal }));
}

function tickOnce(): Promise<void> {
  return alone("the look at what is due", () => tick({ now: Date.now() }));
}

/** Does nothing while the last one of its kind is still under way. */
async function alone(what: string, work: () => Promise<void>): Promise<void> {
  if (busy.has(what)) return;
  busy.add(what);
  try {
    await work();
  } catch (error) {
    if (!stopping.signal.aborted) console.error(`${what} failed and is run again soon:`, error);
  } finally {
    busy.delete(what);
  }
}
