/** How much is measured. */
export interface Sizes {
  /** Turns of each comparison; figures are medians over them. */
  readonly rounds: number;
  /** How long one turn of a load runs, in seconds: pgbench's and ours. */
  readonly seconds: number;
  /** Sessions stored when looking things up. */
  readonly stored: readonly number[];
  /** Look-ups in one turn. */
  readonly lookups: number;
  /** Sessions in the comparison with summing. */
  readonly summed: number;
}

export const sizesOf = (rounds: number, quick: boolean): Sizes =>
  quick
    ? { rounds: Math.min(rounds, 2), seconds: 1, stored: [1_000, 10_000], lookups: 30, summed: 10_000 }
    : { rounds, seconds: 3, stored: [1_000, 10_000, 100_000, 1_000_000], lookups: 100, summed: 10_000 };

/** The smallest value that `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
