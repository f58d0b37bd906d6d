import type { Millis } from "./slot.ts";

/** Every expected way the broker may say no, with the sentence people read when nothing more precise is known. */
export const refusals = {
  INVALID_REQUEST: "Something in this request cannot be right.",
  OUTSIDE_WINDOW: "That time cannot be booked.",
  BEYOND_PLATFORM: "The platform is not that big.",
  NO_CAPACITY: "Those resources are already taken at that time.",
  SLOT_CLOSED: "That time is closed.",
  QUOTA_REACHED: "You have reached your limit.",
  BUDGET_REACHED: "That is more than the budget of this window still allows.",
  TOO_MANY_OFFERS: "You already hold several sets of offers. Accept or release one first.",
  OFFER_EXPIRED: "This offer has expired. Please ask for new offers.",
  OFFER_GONE: "This offer is no longer there: another one of the same set was chosen, or it was released.",
  NOT_FOUND: "There is no such session.",
  KEY_REUSED: "This key stands for another offer already.",
  TOO_LATE: "It is too late for that: the session has been started.",
  ALREADY_WAITING: "You wait for this already.",
  SIGN_IN_NEEDED: "Sign in again first: Meridian has nothing to act with for you.",
  NOT_ALLOWED: "Only administrators may do that.",
  PREVIEW_STALE: "Something changed since this was looked at. Look again before you apply it.",
  PLATFORM_CHANGED: "The platform's slots have just been changed. Please ask again.",
  ALREADY_OVER: "This session is over already.",
  NOT_YET: "It does not answer yet.",
  NOTHING_TO_OPEN: "It has no page to open; its log is below.",
  PLATFORM_UNAVAILABLE: "It does not answer at the moment. Try again in a few seconds.",
} as const;

export type RefusalCode = keyof typeof refusals;

/** Where in the request form a refusal belongs. */
export type RequestField =
  | "executable"
  | "command"
  | "environment"
  | "cores"
  | "memoryGiB"
  | "gpus"
  | "durationSlots"
  | "start";

/** Where in the form of an account's limits a refusal belongs. */
export type LimitField =
  | "cores"
  | "memoryGiB"
  | "gpus"
  | "coreHours"
  | "gpuHours"
  | "openBookings"
  | "offerSets"
  | "close";

/** An expected "no": a code from the closed list, a sentence, and the field or slot it is about. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly sentence: string;
  readonly field?: RequestField | LimitField;
  /** Start of the slot that refused. */
  readonly slot?: Millis;
}

export type Result<T, E = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const yes = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** A refusal as a result; without a sentence of its own it says the code's. */
export function no(
  code: RefusalCode,
  sentence: string = refusals[code],
  where: Pick<Refusal, "field" | "slot"> = {},
): { readonly ok: false; readonly error: Refusal } {
  return { ok: false, error: { code, sentence, ...where } };
}
