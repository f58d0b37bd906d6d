/** Random numbers that are the same for the same seed (mulberry32): what a run did can be done again. */
export class Random {
  #state: number;

  /** @param seeds whole numbers; each changes everything that follows. */
  constructor(...seeds: readonly number[]) {
    this.#state = seeds.reduce((state, seed) => Math.imul(state ^ seed, 0x9e3779b1) ^ (state >>> 15), 0x2545f491);
  }

  /** In `[0, 1)`. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number in `[least, most]`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True in one of `times` cases. */
  oneIn(times: number): boolean {
    return this.next() * times < 1;
  }

  /** One of them; undefined when there are none. */
  pick<T>(things: readonly T[]): T | undefined {
    return things[Math.floor(this.next() * things.length)];
  }

  /** One of them, each as often as its weight says. */
  weighted<T extends { readonly weight: number }>(things: readonly T[]): T {
    let left = this.next() * things.reduce((sum, thing) => sum + thing.weight, 0);
    for (const thing of things) {
      left -= thing.weight;
      if (left < 0) return thing;
    }
    throw new Error("there is nothing to choose from");
  }
}
