import { no, type Refusal, type RequestField } from "./refusal.ts";
import { type ResourceName, type Resources, resourceInWords, resourceNames } from "./resources.ts";
import { bookingWindow, type Millis, type SlotRule, slotLength } from "./slot.ts";

/** What to run. `image` is null where the platform has one environment only (this machine). */
export interface Executable {
  readonly type: "notebook";
  readonly image: string | null;
}

/** When the session may start: at once, or anywhere in `[from, until]`. */
export type RequestedStart =
  | { readonly kind: "now" }
  | { readonly kind: "window"; readonly from: Millis; readonly until: Millis };

/** What a scientist asks for. `durationSlots`: whole slots, ≥ 1. */
export interface ExecutionRequest {
  readonly executable: Executable;
  readonly resources: Resources;
  readonly durationSlots: number;
  readonly start: RequestedStart;
}

/** The smallest session there is; GPUs are optional. */
export const leastResources: Resources = { cores: 1, memoryGiB: 1, gpus: 0 };

const fieldWords: Record<ResourceName, string> = { cores: "Cores", memoryGiB: "Memory", gpus: "GPUs" };

/** What a request is checked against: how the platform cuts time, and its whole size. */
export interface PlatformFacts extends SlotRule {
  readonly limit: Resources;
}

/**
 * Says everything that makes a request impossible whatever is booked, one refusal a field: amounts that are no whole
 * number or below the least, more than the whole platform, a duration that is not in the window, a start window that is
 * over, reversed, or outside the window. Empty when the request is possible.
 */
export function checkRequest(request: ExecutionRequest, platform: PlatformFacts, now: Millis): Refusal[] {
  return [
    ...resourceNames.map((name) => checkResource(name, request.resources[name], platform.limit[name])),
    checkDuration(request, platform),
    checkStart(request, platform, now),
  ].filter((refusal) => refusal !== null);
}

function checkResource(name: ResourceName, asked: number, limit: number): Refusal | null {
  const least = leastResources[name];
  if (!Number.isSafeInteger(asked) || asked < least) {
    const sentence =
      name === "memoryGiB"
        ? `Memory must be a whole number of GiB, at least ${least}.`
        : `${fieldWords[name]} must be a whole number of at least ${least}.`;
    return refuse("INVALID_REQUEST", name, sentence);
  }
  if (asked > limit) {
    return limit === 0
      ? refuse("BEYOND_PLATFORM", name, `This platform has no ${fieldWords[name]}.`)
      : refuse("BEYOND_PLATFORM", name, `The whole platform has ${resourceInWords(name, limit)}; ask for no more.`);
  }
  return null;
}

function checkDuration(request: ExecutionRequest, platform: SlotRule): Refusal | null {
  const slots = request.durationSlots;
  const most = Math.floor((platform.windowHours * 60) / platform.slotMinutes);
  if (!Number.isSafeInteger(slots) || slots < 1) {
    return refuse("INVALID_REQUEST", "durationSlots", "The duration must be a whole number of slots, at least 1.");
  }
  if (slots > most) {
    const sentence = `One can book ${platform.windowHours} hours ahead, so the duration can be ${most} slots of ${platform.slotMinutes} minutes at the most.`;
    return refuse("OUTSIDE_WINDOW", "durationSlots", sentence);
  }
  return null;
}

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
