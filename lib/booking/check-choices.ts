import { amountsOf, type ChoiceRule } from "./choices.ts";
import type { Executable } from "./executable.ts";
import { isFrom } from "./images.ts";
import { no, type Refusal } from "./refusal.ts";
import { type ResourceName, resourceInWords } from "./resources.ts";

/** What a platform runs. Left out: anything, with or without an image. */
export interface RunRule extends ChoiceRule {
  /** How sentences call it. */
  readonly title?: string;
  /** It has one environment: notebooks, whatever image is named. */
  readonly onlyNotebooks?: boolean;
  readonly needsImage?: boolean;
}

const nameOf = ({ title }: RunRule): string => title ?? "This platform";

/** Refuses what a platform does not run: another type than it has, no image where it needs one, one from another host. */
export function checkExecutable({ type, image }: Executable, platform: RunRule): Refusal | null {
  const refuse = (sentence: string) => no("INVALID_REQUEST", sentence, { field: "executable" }).error;
  const { choices } = platform;
  if (platform.onlyNotebooks && type !== "notebook")
    return refuse(`${nameOf(platform)} runs notebooks and nothing else.`);
  if (choices && !choices.types.includes(type)) {
    return refuse(`${nameOf(platform)} has no sessions of type ${type}; it has ${choices.types.join(", ")}.`);
  }
  if (image === null) return platform.needsImage ? refuse(`A session on ${nameOf(platform)} needs an image.`) : null;
  const registries = choices?.registries ?? [];
  if (registries.length > 0 && !registries.some((registry) => isFrom(registry, image))) {
    return refuse(`An image for ${nameOf(platform)} begins with ${registries.map((host) => `${host}/`).join(" or ")}.`);
  }
  return null;
}

/**
 * Refuses a least amount that a platform does not give, and names the nearest ones. The most that is wished may be any: less is
 * given then (`roundingDown`).
 */
export function checkAmount(name: ResourceName, least: number, platform: RunRule): Refusal | null {
  const amounts = amountsOf(platform, name);
  if (amounts === null || amounts.includes(least)) return null;
  const below = amounts.findLast((one) => one < least);
  const above = amounts.find((one) => one > least);
  const who = nameOf(platform);
  if (name === "gpus" && amounts.length === 1)
    return no("BEYOND_PLATFORM", `${who} gives no GPUs.`, { field: name }).error;
  if (above === undefined) {
    const sentence = `${who} gives one session ${resourceInWords(name, below ?? 0)} at the most.`;
    return no("BEYOND_PLATFORM", sentence, { field: name }).error;
  }
  const sentence =
    below === undefined
      ? `${who} gives at least ${resourceInWords(name, above)}.`
      : `${who} gives ${below} or ${resourceInWords(name, above)}, not ${least}.`;
  return no("INVALID_REQUEST", sentence, { field: name }).error;
}
