import { checkAmount, checkExecutable, type RunRule } from "./check-choices.ts";
import type { Executable } from "./executable.ts";
import { no, type Refusal, type RequestField } from "./refusal.ts";
import { type ResourceName, type Resources, resourceInWords, resourceNames } from "./resources.ts";
import { bookingWindow, type Millis, type SlotRule, slotLength } from "./slot.ts";

export type { Executable };

/** When the session may start: at once, or anywhere in `[from, until]`. */
export type RequestedStart =
  | { readonly kind: "now" }
  | { readonly kind: "window"; readonly from: Millis; readonly until: Millis };

/**
 * What a scientist asks for. `resources` and `durationSlots` (whole slots, ≥ 1) are the most that is wished, the `min…` the
 * least that will do; without a least it is exactly what is wished, or nothing.
 */
export interface ExecutionRequest {
  readonly executable: Executable;
  readonly resources: Resources;
  readonly minResources?: Resources | undefined;
  readonly durationSlots: number;
  readonly minDurationSlots?: number | undefined;
  readonly start: RequestedStart;
  /** What was asked for in the words of the IVOA's standard, which its offers give back; only lib/api reads it. */
  readonly asked?: object | undefined;
}

/** The least that will do. */
export const leastOf = (
  request: ExecutionRequest,
): { readonly resources: Resources; readonly durationSlots: number } => ({
  resources: request.minResources ?? request.resources,
  durationSlots: request.minDurationSlots ?? request.durationSlots,
});

/** The smallest session there is; GPUs are optional. */
export const leastResources: Resources = { cores: 1, memoryGiB: 1, gpus: 0 };

const fieldWords: Record<ResourceName, string> = { cores: "Cores", memoryGiB: "Memory", gpus: "GPUs" };

/** What a request is checked against: how the platform cuts time, its whole size, and what can be chosen there. */
export interface PlatformFacts extends SlotRule, RunRule {
  readonly limit: Resources;
}

/**
 * Says everything that makes a request impossible whatever is booked, one refusal a field: what the platform does not run,
 * amounts that are no whole number or below the least there is, a least above the most, a least of more than the whole
 * platform or one that it does not give, a duration that is not in the window, a start window that is over, reversed, or
 * outside the window. Empty when the request is possible. The most that is wished may be beyond the platform or the window
 * when less will do.
 */
export function checkRequest(request: ExecutionRequest, platform: PlatformFacts, now: Millis): Refusal[] {
  const least = leastOf(request).resources;
  return [
    checkExecutable(request.executable, platform),
    ...resourceNames.map(
      (name) =>
        checkResource(name, request.resources[name], least[name], platform.limit[name]) ??
        checkAmount(name, least[name], platform),
    ),
    checkDuration(request.durationSlots, leastOf(request).durationSlots, platform),
    checkStart(request, platform, now),
  ].filter((refusal) => refusal !== null);
}

const isWhole = (amount: number, least: number): boolean => Number.isSafeInteger(amount) && amount >= least;

function checkResource(name: ResourceName, most: number, least: number, limit: number): Refusal | null {
  if (!isWhole(most, leastResources[name]) || !isWhole(least, leastResources[name])) {
    const sentence =
      name === "memoryGiB"
        ? `Memory must be a whole number of GiB, at least ${leastResources[name]}.`
        : `${fieldWords[name]} must be a whole number of at least ${leastResources[name]}.`;
    return refuse("INVALID_REQUEST", name, sentence);
  }
  if (least > most) {
    const sentence = `You asked for at least ${resourceInWords(name, least)} and at most ${resourceInWords(name, most)}.`;
    return refuse("INVALID_REQUEST", name, sentence);
  }
  if (least > limit) {
    return limit === 0
      ? refuse("BEYOND_PLATFORM", name, `This platform has no ${fieldWords[name]}.`)
      : refuse("BEYOND_PLATFORM", name, `The whole platform has ${resourceInWords(name, limit)}; ask for no more.`);
  }
  return null;
}

function checkDuration(most: number, least: number, platform: SlotRule): Refusal | null {
  const inWindow = Math.floor((platform.windowHours * 60) / platform.slotMinutes);
  if (!isWhole(most, 1) || !isWhole(least, 1)) {
    return refuse("INVALID_REQUEST", "durationSlots", "The duration must be a whole number of slots, at least 1.");
  }
  if (least > most) {
    const sentence = `You asked for at least ${slotsInWords(least)} and at most ${slotsInWords(most)}.`;
    return refuse("INVALID_REQUEST", "durationSlots", sentence);
  }
  if (least > inWindow) {
    const sentence = `One can book ${platform.windowHours} hours ahead, so the duration can be ${inWindow} slots of ${platform.slotMinutes} minutes at the most.`;
    return refuse("OUTSIDE_WINDOW", "durationSlots", sentence);
  }
  return null;
}

const slotsInWords = (count: number): string => (count === 1 ? "1 slot" : `${count} slots`);

function checkStart(request: ExecutionRequest, platform: SlotRule, now: Millis): Refusal | null {
  if (request.start.kind === "now") return null;
  const { from, until } = request.start;
  if (!isTime(from) || !isTime(until)) return refuse("INVALID_REQUEST", "start", "The start must be a time.");
  if (until < from) return refuse("INVALID_REQUEST", "start", "The start window ends before it begins.");
  const window = bookingWindow(platform, now);
  if (until < window.start) return refuse("OUTSIDE_WINDOW", "start", "That time is over. Choose a later start.");
  if (from > window.end - slotLength(platform)) {
    const sentence = `One can book ${platform.windowHours} hours ahead. Choose an earlier start.`;
    return refuse("OUTSIDE_WINDOW", "start", sentence);
  }
  return null;
}

/** The range of ECMAScript's Date, so that a time can always be written down. */
const isTime = (value: number): boolean => Number.isSafeInteger(value) && Math.abs(value) <= 8.64e15;

const refuse = (code: Refusal["code"], field: RequestField, sentence: string): Refusal =>
  no(code, sentence, { field }).error;
