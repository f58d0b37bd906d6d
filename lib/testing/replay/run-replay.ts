import type { Millis } from "#lib/booking/slot.ts";
import { provideLauncher } from "#lib/launch/registry.ts";
import { Random } from "#lib/testing/random.ts";
import { makeUniverse, type Universe } from "#lib/testing/universe.ts";
import { Agenda } from "./agenda.ts";
import { nextDueAt } from "./due-jobs.ts";
import { Fuse } from "./fuse.ts";
import { MemoryLauncher } from "./memory-launcher.ts";
import { planOffice } from "./office.ts";
import { planDay, type World } from "./people.ts";
import { Clock, ReplayWorker } from "./worker.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Long after the database server's own time: a job that is to run at once is due then. */
const BEGIN = Date.UTC(2100, 0, 1);
/** The real worker sweeps every few seconds; what a death leaves behind waits longer here. */
const SWEEP_EVERY = 60 * MINUTE;

/** What came of a replay. */
export interface Replayed {
  readonly universe: Universe;
  readonly launcher: MemoryLauncher;
  /** How often each thing happened. */
  readonly counts: Readonly<Record<string, number>>;
  readonly troubles: readonly unknown[];
  readonly endedAt: Millis;
}

/**
 * Plays `days` of operation on a simulated clock: people book by day more than by night, the worker launches, looks and
 * releases, and dies in the middle of its work a few times a day.
 */
export async function runReplay({ days, seed }: { days: number; seed: number }): Promise<Replayed> {
  const clock = new Clock(BEGIN);
  const fuse = new Fuse();
  const launcher = new MemoryLauncher(
    () => clock.now,
    new Random(seed, 1),
    () => fuse.spend(),
  );
  provideLauncher(launcher);
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const universe = await makeUniverse({
    kind: launcher.kind,
    people: 36,
    limit: { cores: 8, memoryGiB: 48, gpus: 1 },
  });
  const world: World = { universe, clock, random: new Random(seed, 2), agenda: new Agenda(), count };
  for (let day = 0; day < days; day++) {
    planDay(world, BEGIN + day * DAY);
    planOffice(world, BEGIN + day * DAY);
  }
  const troubles: unknown[] = [];
  try {
    await play(world, fuse, troubles, BEGIN + (days + 2) * DAY);
  } finally {
    fuse.remove();
  }
  return { universe, launcher, counts, troubles, endedAt: clock.now };
}

/** Goes from one moment at which something is due to the next, until the end. */
async function play(world: World, fuse: Fuse, troubles: unknown[], until: Millis): Promise<void> {
  const { clock, agenda, random, count } = world;
  let worker = await ReplayWorker.start(clock, troubles);
  fuse.onDeath = () => worker.die();
  let sweepAt = clock.now + SWEEP_EVERY;
  let dieAt = clock.now;
  while (clock.now < until) {
    await agenda.actUntil(clock.now);
    if (clock.now >= dieAt) {
      fuse.light(random.between(1, 60));
      dieAt = clock.now + random.between(60, 600) * MINUTE;
    }
    const lives = await fuse.asWorker(async () => {
      if (clock.now >= sweepAt) {
        sweepAt = clock.now + SWEEP_EVERY;
        await worker.sweep();
      }
      for (let jobs = await worker.work(); jobs > 0; jobs--) count("jobs");
    });
    if (!lives) {
      count("deaths of the worker");
      await worker.end();
      fuse.mend();
      clock.now += random.between(1, 120) * 1000;
      worker = await ReplayWorker.start(clock, troubles);
    }
    const next = [agenda.nextAt, await nextDueAt(clock.now), sweepAt].filter((at) => at !== null);
    clock.now = Math.max(clock.now, Math.min(...next));
  }
  // The clock has gone on to the last moment: what ends in it is done as well.
  await worker.work();
  await worker.end();
}
