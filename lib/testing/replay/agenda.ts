import type { Millis } from "#lib/booking/slot.ts";

/** What is to happen when: earliest first. */
export class Agenda {
  readonly #plans: { at: Millis; act: () => Promise<void> }[] = [];

  add(time: Millis, act: () => Promise<void>): void {
    const at = Math.ceil(time);
    const later = this.#plans.findIndex((plan) => plan.at > at);
    if (later < 0) this.#plans.push({ at, act });
    else this.#plans.splice(later, 0, { at, act });
  }

  get nextAt(): Millis | null {
    return this.#plans[0]?.at ?? null;
  }

  /** Does everything planned until `now`, one after the other. Returns how much that was. */
  async actUntil(now: Millis): Promise<number> {
    let acted = 0;
    for (let plan = this.#plans[0]; plan && plan.at <= now; plan = this.#plans[0]) {
      this.#plans.shift();
      await plan.act();
      acted++;
    }
    return acted;
  }
}
