/** How much is measured. */
export interface Sizes {
  /** Turns of each comparison. */
  readonly rounds: number;
  /** How long one turn runs, in seconds. */
  readonly seconds: number;
  /** Sessions stored, the fewest first. */
  readonly stored: readonly number[];
}

export const sizesOf = (rounds: number, quick: boolean): Sizes =>
  quick
    ? { rounds: Math.min(rounds, 2), seconds: 1, stored: [1_000, 10_000] }
    : { rounds, seconds: 2, stored: [1_000, 100_000] };
