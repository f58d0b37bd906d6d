import type { Resources } from "#lib/booking/resources.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";

/** The least that will do and the most that can be used. */
export interface WishedAmounts {
  readonly least: Resources;
  readonly most: Resources;
}

/** The smallest compute resource: what a request that says nothing gets. */
const smallest: Resources = { cores: 1, memoryGiB: 1, gpus: 0 };

/**
 * Reads cores, memory (GiB) and GPUs. Without a least it is 1 core, 1 GiB and no GPU; without a most it is the least. Amounts that
 * are not above zero (GPUs: below it) and a least above its most are errors, and so answered with NO.
 */
export function readAmounts(compute: StandardRequest["compute"]): WishedAmounts & { readonly messages: Message[] } {
  const messages: Message[] = [];
  if (compute === undefined) messages.push(defaulted);
  const read = (
    range: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined,
    field: string,
    least: number,
    usual: number,
  ): readonly [number, number] => {
    const { min = Math.max(least, Math.min(usual, range?.max ?? usual)), max = min } = range ?? {};
    const path = `/compute/${field}`;
    if (range?.min !== undefined && min < least) messages.push(tooSmall(`${path}/min`, min, least));
    else if (range?.max !== undefined && max < least) messages.push(tooSmall(`${path}/max`, max, least));
    else if (min > max) messages.push(reversed(path, min, max));
    return [min, max];
  };
  const cores = read(compute?.cores, "cores", 1, smallest.cores);
  const memory = read(compute?.memory, "memory", 1, smallest.memoryGiB);
  const gpus = read(compute?.gpus, "gpus", 0, smallest.gpus);
  return {
    least: { cores: cores[0], memoryGiB: memory[0], gpus: gpus[0] },
    most: { cores: cores[1], memoryGiB: memory[1], gpus: gpus[1] },
    messages,
  };
}

const defaulted: Message = {
  kind: "urn:default-used",
  level: "INFO",
  template: "The request says nothing of its size ({path}), so it is 1 core and 1 GiB.",
  values: { path: "/compute" },
};

const tooSmall = (path: string, value: number, least: number): Message => ({
  kind: "urn:invalid-value",
  level: "ERROR",
  template: "{path} is {value}; it must be at least {least}.",
  values: { path, value: String(value), least: String(least) },
});

const reversed = (path: string, min: number, max: number): Message => ({
  kind: "urn:invalid-value",
  level: "ERROR",
  template: "{path}: the least, {min}, is more than the most, {max}.",
  values: { path, min: String(min), max: String(max) },
});
