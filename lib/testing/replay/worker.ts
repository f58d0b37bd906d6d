import type { TaskList } from "graphile-worker";
import type { Millis } from "#lib/booking/slot.ts";
import { SessionLocks } from "#lib/db/session-lock.ts";
import { LaunchError } from "#lib/launch/launcher.ts";
import { sweep, tick } from "#lib/scheduler/sweep.ts";
import { makeTasks } from "#lib/scheduler/tasks.ts";
import { finishJob, retryJob, takeJobs } from "./due-jobs.ts";
import { Died } from "./fuse.ts";

/** How many jobs the worker has in its hands at once. */
const AT_ONCE = 8;

/** The simulated time. Each look at it costs a moment, so that nothing waits forever for a time that stands still. */
export class Clock {
  now: Millis;
  constructor(now: Millis) {
    this.now = now;
  }
  readonly ask = (): Millis => {
    this.now += 700;
    return this.now;
  };
}

/** The worker, on a simulated clock: its own tasks and its own sweep, without the queue's process around them. */
export class ReplayWorker {
  readonly #clock: Clock;
  readonly #locks: SessionLocks;
  readonly #stop = new AbortController();
  readonly #tasks: TaskList;
  /** Exceptions that no platform's trouble explains. */
  readonly troubles: unknown[];

  private constructor(clock: Clock, locks: SessionLocks, troubles: unknown[]) {
    this.#clock = clock;
    this.#locks = locks;
    this.#tasks = makeTasks(locks, clock.ask, this.#stop.signal);
    this.troubles = troubles;
  }

  /** Starts as the real one does: it makes good what the last one left undone. */
  static async start(clock: Clock, troubles: unknown[]): Promise<ReplayWorker> {
    const worker = new ReplayWorker(clock, await SessionLocks.open(() => undefined), troubles);
    await worker.sweep();
    return worker;
  }

  sweep(): Promise<void> {
    return sweep({ now: this.#clock.now, signal: this.#stop.signal });
  }

  /** Does all that is due. Returns how many jobs that were; throws {@link Died} in the middle of them. */
  async work(): Promise<number> {
    let done = 0;
    for (;;) {
      await tick({ now: this.#clock.now });
      const jobs = await takeJobs(this.#clock.now, AT_ONCE);
      if (jobs.length === 0) return done;
      const ended = await Promise.allSettled(jobs.map((job) => this.#run(job)));
      const died = ended.find((one) => one.status === "rejected");
      if (died) throw died.reason;
      done += jobs.length;
    }
  }

  async #run({ id, task, payload }: { id: string; task: string; payload: unknown }): Promise<void> {
    try {
      // The tasks of Meridian ask nothing of the queue but their payload.
      await this.#tasks[task]?.(payload, undefined as never);
    } catch (error) {
      if (this.#hasDied(error)) throw error;
      if (!(error instanceof LaunchError)) this.troubles.push(error);
      return retryJob(id, this.#clock.now);
    }
    await finishJob(id);
  }

  #hasDied(error: unknown): boolean {
    for (let one = error; one instanceof Error; one = one.cause) if (one instanceof Died) return true;
    return String(error).includes(new Died("the process died").message);
  }

  /** It does nothing more from now on. */
  die(): void {
    this.#stop.abort(new Died("the process died"));
  }

  /** Takes its locks away, which go with its connection when a process dies. */
  async end(): Promise<void> {
    this.die();
    await this.#locks.close();
  }
}
