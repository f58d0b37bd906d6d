/**
 * What a session takes from a platform for each slot it stands in.
 *
 * cores: whole cores; memoryGiB: whole GiB (2^30 bytes); gpus: whole devices. Every component is an integer ≥ 0.
 */
export interface Resources {
  readonly cores: number;
  readonly memoryGiB: number;
  readonly gpus: number;
}

export type ResourceName = keyof Resources;

/** The components in the order they are shown and compared. */
export const resourceNames = ["cores", "memoryGiB", "gpus"] as const satisfies readonly ResourceName[];

/** The words and units people read; `left("memoryGiB", 3)` is "3 GiB of memory". */
export function resourceInWords(name: ResourceName, amount: number): string {
  if (name === "cores") return amount === 1 ? "1 core" : `${amount} cores`;
  if (name === "memoryGiB") return `${amount} GiB of memory`;
  return amount === 1 ? "1 GPU" : `${amount} GPUs`;
}

/** "4 cores, 16 GiB", and the GPUs only when there are any. */
export function shapeInWords(resources: Resources): string {
  const words = [resourceInWords("cores", resources.cores), `${resources.memoryGiB} GiB`];
  if (resources.gpus > 0) words.push(resourceInWords("gpus", resources.gpus));
  return words.join(", ");
}

/** Applies `combine` to each component. */
export function mapResources(combine: (name: ResourceName) => number): Resources {
  return { cores: combine("cores"), memoryGiB: combine("memoryGiB"), gpus: combine("gpus") };
}

/** What is left of `limit` after `used`; never below 0, as a limit may have been lowered under what was promised. */
export const leftOf = (limit: Resources, used: Resources): Resources =>
  mapResources((name) => Math.max(0, limit[name] - used[name]));

/** The smaller of both, component by component. */
export const smallerOf = (a: Resources, b: Resources): Resources => mapResources((name) => Math.min(a[name], b[name]));

/** Whether `asked` fits into `free` in every component. */
export const fitsInto = (asked: Resources, free: Resources): boolean =>
  resourceNames.every((name) => asked[name] <= free[name]);
