import { amountsOf, type ChoiceRule } from "#lib/booking/choices.ts";
import { leastResources } from "#lib/booking/request.ts";
import { fitsInto, mapResources, type Resources, resourceNames } from "#lib/booking/resources.ts";

const common: readonly Resources[] = [
  [1, 1, 0],
  [1, 2, 0],
  [1, 4, 0],
  [2, 4, 0],
  [2, 8, 0],
  [4, 16, 0],
  [8, 32, 0],
  [8, 32, 1],
  [16, 64, 0],
].map(([cores = 1, memoryGiB = 1, gpus = 0]) => ({ cores, memoryGiB, gpus }));

/** Shapes people often want, up to what they may have at once, that the platform gives: five at the most, the largest ones. */
export const presetsFor = (most: Resources, platform: ChoiceRule = {}): Resources[] =>
  common.filter((shape) => fitsInto(shape, most) && isGiven(shape, platform)).slice(-5);

const isGiven = (shape: Resources, platform: ChoiceRule): boolean =>
  resourceNames.every((name) => amountsOf(platform, name)?.includes(shape[name]) ?? true);

/** What the form starts with: small, but more than the least. */
export function firstShape(most: Resources, platform: ChoiceRule = {}): Resources {
  const [least, second] = presetsFor(most, platform);
  return second ?? least ?? mapResources((name) => amountsOf(platform, name)?.[0] ?? leastResources[name]);
}

/** "4·16 GiB", "8·32 + GPU" */
export function presetLabel({ cores, memoryGiB, gpus }: Resources): string {
  return `${cores} · ${memoryGiB} GiB${gpus > 0 ? " + GPU" : ""}`;
}
