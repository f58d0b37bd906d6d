import { parseExecutionRequest, type RequestForm } from "#lib/api/execution-request.ts";
import type { PlatformView } from "#lib/api/view.ts";
import type { ExecutableType } from "#lib/booking/executable.ts";
import { no, type Refusal, type RequestField } from "#lib/booking/refusal.ts";
import { checkRequest, type ExecutionRequest } from "#lib/booking/request.ts";
import { type Resources, resourceNames } from "#lib/booking/resources.ts";
import type { Millis, SlotRule, TimeSpan } from "#lib/booking/slot.ts";
import { slotLength } from "#lib/booking/slot.ts";
import { executableOf } from "./draft-executable.ts";
import { readVariables } from "./variables.ts";

/** What stands in the form: text exactly as typed, right or wrong. */
export interface Draft {
  readonly type: ExecutableType;
  /** As typed, without the host where there is one only; null: the one that its type starts with. */
  readonly image: string | null;
  /** Only a headless session has these; variables are lines of NAME=value. */
  readonly command: string;
  readonly args: string;
  readonly environment: string;
  readonly cores: string;
  readonly memoryGiB: string;
  readonly gpus: string;
  /** In the unit of `durationUnit`. */
  readonly duration: string;
  /** The least that would do; empty: exactly the above. */
  readonly minCores: string;
  readonly minMemoryGiB: string;
  readonly minGpus: string;
  readonly minDuration: string;
  /** Where it should start: at once, or at `slot`. */
  readonly start: "now" | "slot";
  readonly slot: Millis | null;
}

/** Where the least of an amount stands in a draft. */
export const leastFields = {
  cores: "minCores",
  memoryGiB: "minMemoryGiB",
  gpus: "minGpus",
  duration: "minDuration",
} as const satisfies Record<string, keyof Draft>;

/** A draft that asks for exactly its amounts. */
export const nothingLess = { minCores: "", minMemoryGiB: "", minGpus: "", minDuration: "" } as const;

/** People book hours where a slot is an hour, and minutes everywhere else. */
export const durationUnit = (rule: Pick<SlotRule, "slotMinutes">) =>
  rule.slotMinutes === 60 ? ({ word: "h", minutes: 60 } as const) : ({ word: "min", minutes: 1 } as const);

/** One slot, in the unit of the field: what a step adds or takes away. */
export const durationStep = (rule: Pick<SlotRule, "slotMinutes">): number =>
  rule.slotMinutes / durationUnit(rule).minutes;

/** What the draft asks for, or what is wrong with it. `shape` is null while an amount cannot be right. */
export interface CheckedDraft {
  readonly request: ExecutionRequest | null;
  readonly form: RequestForm;
  readonly refusals: readonly Refusal[];
  readonly shape: Resources | null;
  readonly durationSlots: number | null;
}

/** Checks a draft with the rules the server uses, so that both say the same sentence at the same field. */
export function checkDraft(draft: Draft, platform: PlatformView, window: TimeSpan, now: Millis): CheckedDraft {
  const form = toForm(draft, platform, window);
  const read = parseExecutionRequest(form);
  const own = ownRefusals(draft, platform);
  const found = read.ok
    ? checkRequest(read.value, platform, now)
    : [...read.error, ...checkTheRest(form, read.error, platform, now)];
  const refusals = [...own, ...found.filter((one) => !own.some((mine) => mine.field === one.field))];
  const isRight = (...fields: RequestField[]) => !refusals.some(({ field }) => fields.some((one) => one === field));
  return {
    form,
    refusals,
    request: read.ok && refusals.length === 0 ? read.value : null,
    shape: isRight(...resourceNames) ? readShape(draft) : null,
    durationSlots: isRight("durationSlots") ? Number(toSlots(draft.duration, platform)) : null,
  };
}

/** What is always right, for a field that cannot be read while the others are checked; it says nothing of what runs. */
const standIns: Partial<RequestForm> = {
  cores: 1,
  memoryGiB: 1,
  gpus: 0,
  durationSlots: 1,
  start: { kind: "now" },
};

/** Where what is wrong with a least stands: at the amount itself. A command and variables are read with what runs. */
const fieldOf: Readonly<Record<string, RequestField>> = {
  minCores: "cores",
  minMemoryGiB: "memoryGiB",
  minGpus: "gpus",
  minDurationSlots: "durationSlots",
  command: "executable",
  environment: "executable",
};

/** What is wrong with the fields that could be read, while those in `unread` could not. */
function checkTheRest(form: RequestForm, unread: readonly Refusal[], platform: PlatformView, now: Millis): Refusal[] {
  const entryOf = (field: string | undefined) => fieldOf[field ?? ""] ?? field;
  const isUnread = (field: string | undefined) => unread.some((one) => entryOf(one.field) === entryOf(field));
  const others = Object.fromEntries(Object.entries(form).filter(([field]) => !isUnread(field)));
  const read = parseExecutionRequest({ ...standIns, ...others });
  return read.ok ? checkRequest(read.value, platform, now).filter(({ field }) => !isUnread(field)) : [];
}

const readShape = (draft: Draft): Resources => ({
  cores: Number(draft.cores),
  memoryGiB: Number(draft.memoryGiB),
  gpus: Number(draft.gpus),
});

/** From the chosen slot to the last one: the offers are the earliest that can be had from there on. */
export function toForm(draft: Draft, platform: PlatformView, window: TimeSpan): RequestForm {
  const { cores, memoryGiB, gpus } = draft;
  const start =
    draft.start === "slot" && draft.slot !== null
      ? { kind: "window" as const, from: draft.slot, until: window.end - slotLength(platform) }
      : { kind: "now" as const };
  const durationSlots = toSlots(draft.duration, platform);
  const executable = executableOf(draft, platform);
  return { executable, cores, memoryGiB, gpus, durationSlots, ...leastOf(draft, platform), start };
}

/** What is filled in of the least that would do. */
function leastOf({ minCores, minMemoryGiB, minGpus, minDuration }: Draft, platform: SlotRule): Partial<RequestForm> {
  const isGiven = (text: string) => text.trim() !== "";
  return {
    ...(isGiven(minCores) ? { minCores } : {}),
    ...(isGiven(minMemoryGiB) ? { minMemoryGiB } : {}),
    ...(isGiven(minGpus) ? { minGpus } : {}),
    ...(isGiven(minDuration) ? { minDurationSlots: toSlots(minDuration, platform) } : {}),
  };
}

/** The field's text in slots; text that is no whole number stays as it is, for the parser to refuse. */
function toSlots(text: string, rule: SlotRule): string | number {
  const amount = text.trim();
  return /^\d{1,9}$/.test(amount) ? Number(amount) / durationStep(rule) : amount;
}

/** What only the form knows: how variables are written, its unit of time, and that a slot must be chosen before one can start in it. */
function ownRefusals(draft: Draft, platform: SlotRule): Refusal[] {
  const refusals: Refusal[] = [];
  const variables = draft.type === "headless" ? readVariables(draft.environment) : null;
  if (variables?.ok === false) refusals.push(variables.error);
  const isUneven = (slots: string | number) => typeof slots === "number" && !Number.isInteger(slots);
  if ([draft.duration, draft.minDuration].some((text) => isUneven(toSlots(text, platform)))) {
    const sentence = `The duration must be a multiple of ${platform.slotMinutes} minutes.`;
    refusals.push(no("INVALID_REQUEST", sentence, { field: "durationSlots" }).error);
  }
  if (draft.start === "slot" && draft.slot === null) {
    refusals.push(no("INVALID_REQUEST", "Choose a slot in the grid below.", { field: "start" }).error);
  }
  return refusals;
}
