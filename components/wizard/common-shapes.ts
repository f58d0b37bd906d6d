import { fitsInto, type Resources } from "#lib/booking/resources.ts";

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

/** Shapes people often want, up to what they may have at once: five at the most, the largest ones. */
export const presetsFor = (most: Resources): Resources[] => common.filter((shape) => fitsInto(shape, most)).slice(-5);

/** What the form starts with: small, but more than the least. */
export function firstShape(most: Resources): Resources {
  const [least, second] = presetsFor(most);
  return second ?? least ?? { cores: 1, memoryGiB: 1, gpus: 0 };
}

/** "4·16 GiB", "8·32 + GPU" */
export function presetLabel({ cores, memoryGiB, gpus }: Resources): string {
  return `${cores} · ${memoryGiB} GiB${gpus > 0 ? " + GPU" : ""}`;
}
