import { type ExecutableType, executableTypes } from "./executable.ts";
import type { ResourceName, Resources } from "./resources.ts";
import type { Millis } from "./slot.ts";

/** What may be asked for on a platform, as the platform itself says. */
export interface PlatformChoices {
  /** The kinds of session, in the order they are shown. */
  readonly types: readonly ExecutableType[];
  /** Those that anybody may run, with the types that each can run as. Others exist: an image may be named by hand. */
  readonly images: readonly { readonly id: string; readonly types: readonly string[] }[];
  /** The hosts that images may come from; empty: it did not say. */
  readonly registries: readonly string[];
  /** The amounts there are. Empty: any cores, any memory; but no GPU. */
  readonly cores: readonly number[];
  readonly memoryGiB: readonly number[];
  readonly gpus: readonly number[];
  /** How many sessions with a page one user may have; null: it did not say. */
  readonly mostSessions: number | null;
}

/** What a rule has to know of a platform that lets one choose; null or left out: nothing is known, anything goes. */
export interface ChoiceRule {
  readonly choices?: PlatformChoices | null | undefined;
}

/** The amounts of a resource that can be had, smallest first; null: any. A session without GPUs can always be had. */
export function amountsOf({ choices }: ChoiceRule, name: ResourceName): readonly number[] | null {
  if (!choices) return null;
  const amounts = name === "gpus" ? [0, ...choices.gpus] : choices[name];
  return amounts.length === 0 ? null : [...new Set(amounts)].sort((a, b) => a - b);
}

/** Makes sizes that can be had of any sizes: the largest of no more than that; null when there is none. */
export function roundingDown(rule: ChoiceRule): (size: Resources) => Resources | null {
  if (!rule.choices) return (size) => size;
  const amounts = {
    cores: amountsOf(rule, "cores"),
    memoryGiB: amountsOf(rule, "memoryGiB"),
    gpus: amountsOf(rule, "gpus"),
  };
  const down = (name: ResourceName, amount: number): number | undefined =>
    amounts[name] === null ? amount : amounts[name].findLast((one) => one <= amount);
  return (size) => {
    const [cores, memoryGiB, gpus] = [
      down("cores", size.cores),
      down("memoryGiB", size.memoryGiB),
      down("gpus", size.gpus),
    ];
    return cores === undefined || memoryGiB === undefined || gpus === undefined ? null : { cores, memoryGiB, gpus };
  };
}

/** The types that any of the images can run as; all there are when that cannot be told. */
export function typesOf(images: PlatformChoices["images"]): ExecutableType[] {
  const known = executableTypes.filter((type) => images.some(({ types }) => types.includes(type)));
  return known.length === 0 ? [...executableTypes] : known;
}

/** What is old is asked for again, and what is not known yet all the time. */
const FRESH_MS = 15 * 60_000;
const AFTER_TROUBLE_MS = 60_000;
const WHILE_UNKNOWN_MS = 10_000;

/** What is known of a platform's choices: since when, and why the last try to read them did not work. */
export interface ChoiceState {
  readonly choicesAt: Millis | null;
  readonly choicesTrouble: string | null;
}

/** Whether a platform has to be asked for its choices, when it was asked last at `triedAt` (null: never by this process). */
export function areChoicesDue(state: ChoiceState, triedAt: Millis | null, now: Millis): boolean {
  const sinceTried = triedAt === null ? Number.POSITIVE_INFINITY : now - triedAt;
  if (state.choicesAt === null) return sinceTried >= WHILE_UNKNOWN_MS;
  if (state.choicesTrouble !== null) return sinceTried >= AFTER_TROUBLE_MS;
  return now - state.choicesAt >= FRESH_MS && sinceTried >= AFTER_TROUBLE_MS;
}
