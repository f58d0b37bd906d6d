import type { Refusal, RefusalCode } from "#lib/booking/refusal.ts";

/** What can pass by itself: somebody gives something back, or the time moves on. */
const mayPass: readonly RefusalCode[] = ["NO_CAPACITY", "SLOT_CLOSED", "BUDGET_REACHED"];

/** Whether it makes sense to wait for what was refused. A limit passes in its slot; one of bookings at once does not. */
export const canWaitFor = (refusals: readonly Refusal[]): boolean =>
  refusals.length > 0 &&
  refusals.every(({ code, slot }) => mayPass.includes(code) || (code === "QUOTA_REACHED" && slot !== undefined));
