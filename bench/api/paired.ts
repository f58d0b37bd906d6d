import { median } from "../figures.ts";

/** How turns compare with the turns they took place beside: the median of the ratios, so that both met the same noise. */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new RangeError(`${ours.length} turns beside ${theirs.length}`);
  return median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
}
