import type { Millis } from "#lib/booking/slot.ts";
import { type Handle, LaunchError, type Launcher, type Order, type Sighting } from "#lib/launch/launcher.ts";
import type { Random } from "#lib/testing/random.ts";

/** A session on the platform. */
interface Running {
  readonly handle: Handle;
  readonly readyAt: Millis;
}

/**
 * A platform in this process's memory, which behaves as real ones do: a session takes a while until it answers, and now
 * and then a launch or a release fails, or a session is gone. What runs here outlives the worker.
 */
export class MemoryLauncher implements Launcher {
  readonly kind = "memory";
  readonly pace = { preparingMs: 100, runningMs: 2_000 };
  readonly isShared = false;
  readonly forgetsAfterMs = null;
  readonly running = new Map<string, Running>();
  launched = 0;
  readonly #now: () => Millis;
  readonly #random: Random;
  readonly #spend: () => Error | null;

  /** @param spend called at each call; an error it gives is what the caller sees of a process that died. */
  constructor(now: () => Millis, random: Random, spend: () => Error | null) {
    this.#now = now;
    this.#random = random;
    this.#spend = spend;
  }

  async readiness() {
    return { ready: true, what: "memory" } as const;
  }

  async launch({ key }: Order): Promise<Sighting> {
    this.#reach();
    if (this.#random.oneIn(40)) throw new LaunchError("the platform is busy", { mayPass: true });
    if (this.#random.oneIn(400)) throw new LaunchError("the platform does not want this", { mayPass: false });
    if (!this.running.has(key)) this.launched++;
    const readyAt = this.#now() + this.#random.between(0, 20_000);
    const session = this.running.get(key) ?? { handle: { key }, readyAt };
    this.running.set(key, session);
    this.#reach();
    return { state: "preparing", handle: session.handle };
  }

  async look({ key }: Handle): Promise<Sighting> {
    this.#reach();
    if (this.#random.oneIn(300)) this.running.delete(String(key));
    const session = this.running.get(String(key));
    if (!session) {
      const how = this.#random.oneIn(2) ? "paused" : this.#random.oneIn(2) ? "closed" : "lost";
      return { state: "gone", how, why: "the session is gone", log: "" };
    }
    const { handle, readyAt } = session;
    if (this.#now() < readyAt) return { state: "preparing", handle };
    return { state: "available", handle, link: new URL("http://127.0.0.1/") };
  }

  async release({ key }: Handle): Promise<void> {
    this.#reach();
    if (this.#random.oneIn(60)) throw new LaunchError("the platform is busy", { mayPass: true });
    this.running.delete(String(key));
  }

  async open(): Promise<URL> {
    this.#reach();
    return new URL("http://127.0.0.1/");
  }

  async log(): Promise<string> {
    this.#reach();
    return "";
  }

  async use() {
    return null;
  }

  async choices() {
    return null;
  }

  enforced(): readonly string[] {
    return [];
  }

  async find(key: string): Promise<Handle | null> {
    this.#reach();
    return this.running.get(key)?.handle ?? null;
  }

  async list() {
    this.#reach();
    return [...this.running].map(([key, { handle }]) => ({ key, handle }));
  }

  #reach(): void {
    const died = this.#spend();
    if (died) throw died;
  }
}
