import type { Tally } from "./messages.ts";

const MOST_TROUBLES = 10;

/** What all processes have answered so far. */
export class Tallies {
  readonly answers = new Map<string, number>();
  readonly troubles: string[] = [];
  /** The memory of each process of clients when it was first and last heard of, in MiB. */
  readonly memory: { first: number; last: number }[] = [];
  readonly #operations: number;
  done = 0;

  constructor(operations: number) {
    this.#operations = operations;
  }

  add({ answers, troubles }: Tally, process: number, memoryMiB: number): void {
    for (const [answer, count] of Object.entries(answers)) {
      this.answers.set(answer, (this.answers.get(answer) ?? 0) + count);
      this.done += count;
    }
    this.troubles.push(...troubles.slice(0, MOST_TROUBLES - this.troubles.length));
    this.memory[process] = { first: this.memory[process]?.first ?? memoryMiB, last: memoryMiB };
  }

  /** One line while it runs. */
  progress(seconds: number): string {
    const rate = this.done / seconds;
    const left = (this.#operations - this.done) / rate;
    const share = ((100 * this.done) / this.#operations).toFixed(0);
    const counts = [...this.#byAnswer()].sort(([, a], [, b]) => b - a).map(([answer, count]) => `${answer} ${count}`);
    const eta = Number.isFinite(left) ? `, ${Math.ceil(left)} s left` : "";
    return `${this.done} of ${this.#operations} (${share} %), ${rate.toFixed(0)} a second${eta}: ${counts.join(", ")}`;
  }

  #byAnswer(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const [key, count] of this.answers) {
      const answer = key.slice(key.indexOf(": ") + 2);
      sums.set(answer, (sums.get(answer) ?? 0) + count);
    }
    return sums;
  }
}
