import type { ExecutionRequest } from "./request.ts";
import type { SlotRule } from "./slot.ts";

/**
 * The same request counted in the slots of another platform: at least as long as it was, in whole slots there. Starts are
 * times and stay as they are.
 */
export function inSlotsOf(request: ExecutionRequest, from: SlotRule, to: SlotRule): ExecutionRequest {
  const recount = (slots: number): number => Math.ceil((slots * from.slotMinutes) / to.slotMinutes);
  const { durationSlots, minDurationSlots } = request;
  return {
    ...request,
    durationSlots: recount(durationSlots),
    ...(minDurationSlots === undefined ? {} : { minDurationSlots: recount(minDurationSlots) }),
  };
}
