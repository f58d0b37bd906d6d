import type { AccountView } from "#lib/api/view.ts";
import { mapResources, type Resources } from "#lib/booking/resources.ts";
import { bookingWindow, type Millis, type SlotRule, slotLength, slotsIn } from "#lib/booking/slot.ts";

/** One slot of the window as it stands in an account. */
export interface UsedSlot {
  readonly start: Millis;
  readonly end: Millis;
  readonly used: Resources;
  readonly closed: string | null;
}

const nothing: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };

/** Every slot of the window one can book in at `now`, the running one first; those without any use are in it too. */
export function windowSlots(account: Pick<AccountView, "slots">, rule: SlotRule, now: Millis): UsedSlot[] {
  const known = new Map(account.slots.map((slot) => [slot.start, slot]));
  return slotsIn(rule, bookingWindow(rule, now)).map((start) => {
    const { used, closed } = known.get(start) ?? { used: nothing, closed: null };
    return { start, end: start + slotLength(rule), used, closed };
  });
}

/** Of each resource, the most that is used in any slot: not all in one slot necessarily. */
export const busiest = (slots: readonly UsedSlot[]): Resources =>
  mapResources((name) => slots.reduce((most, { used }) => Math.max(most, used[name]), 0));

/** What is booked over the slots, in hours of cores and of GPUs; to a tenth. */
export function hoursOf(slots: readonly UsedSlot[]): { readonly coreHours: number; readonly gpuHours: number } {
  const hours = (name: "cores" | "gpus") =>
    Math.round(slots.reduce((sum, { start, end, used }) => sum + (used[name] * (end - start)) / 360_000, 0)) / 10;
  return { coreHours: hours("cores"), gpuHours: hours("gpus") };
}
