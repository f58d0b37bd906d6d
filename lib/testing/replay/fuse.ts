import { Client } from "pg";

type Query = typeof Client.prototype.query;

/** A process died here. */
export class Died extends Error {
  override readonly name = "Died";
}

/**
 * Lets the worker die in the middle of whatever it does, as far as the database and the platform can tell: after some
 * number of statements nothing of it reaches either any more, and its open transactions are broken off. One in a process.
 */
export class Fuse {
  #left = Number.POSITIVE_INFINITY;
  #isWorking = false;
  /** Called in the moment of death. */
  onDeath: () => void = () => undefined;
  readonly #query: Query = Client.prototype.query;

  constructor() {
    const spend = () => this.spend();
    const query = this.#query as (this: Client, ...args: unknown[]) => unknown;
    Client.prototype.query = function (this: Client, ...args: unknown[]) {
      const died = spend();
      if (!died) return query.apply(this, args);
      const done = args.at(-1);
      if (typeof done !== "function") return Promise.reject(died);
      process.nextTick(done as (error: Error) => void, died);
      return undefined;
    } as Query;
  }

  /** The worker dies at its `statements`-th statement from now. */
  light(statements: number): void {
    this.#left = statements;
  }

  /** A new worker begins. */
  mend(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  get isBlown(): boolean {
    return this.#left <= 0;
  }

  /** Does something as the worker; false when it died meanwhile. Everything else is done by a process that lives. */
  async asWorker(work: () => Promise<void>): Promise<boolean> {
    this.#isWorking = true;
    try {
      await work();
    } catch (error) {
      if (!this.isBlown) throw error;
    } finally {
      this.#isWorking = false;
    }
    return !this.isBlown;
  }

  /** Counts one statement, or one call to a platform; the reason when there are no more. */
  spend(): Died | null {
    if (!this.#isWorking) return null;
    if (this.#left > 0 && --this.#left === 0) this.onDeath();
    return this.isBlown ? new Died("the process died") : null;
  }

  /** Puts everything back as it was. */
  remove(): void {
    Client.prototype.query = this.#query;
  }
}
