import { no, type Refusal, refusals } from "#lib/booking/refusal.ts";
import { type ExecutionRequest, leastOf } from "#lib/booking/request.ts";
import { resourceInWords } from "#lib/booking/resources.ts";
import type { WhyNot } from "#lib/booking/why-not.ts";
import type { LedgerAnswer } from "#lib/db/ledger.ts";

type LedgerNo = Extract<LedgerAnswer, { ok: false }>;

/** Somebody was quicker, again and again: what the step says after its last try. */
const OUTRUN = "Others were quicker again and again. Please try once more.";

/**
 * A refusal of the ledger as people read it. The slot's time is left to the page, which knows the viewer's zone.
 */
export function refusalOf(answer: LedgerNo): Refusal {
  const where = answer.slot === undefined ? {} : { slot: Date.parse(answer.slot) };
  if (answer.code === "AGAIN") return no("NO_CAPACITY", OUTRUN, where).error;
  return no(answer.code, limitInWords(answer) ?? refusals[answer.code], where).error;
}

/** The sentence for a limit that was reached, or null when the refusal is about something else. */
function limitInWords({ code, account }: LedgerNo): string | null {
  if (code === "NOT_ALLOWED") return "You are no longer in the project that this is for.";
  if (code === "BUDGET_REACHED") {
    if (account === "platform") return "The platform has no hours left within the window.";
    return account === "project"
      ? "Your project has no hours left within the window."
      : "You have booked as many hours as you may within the window.";
  }
  if (code !== "QUOTA_REACHED") return null;
  if (account === "bookings") return "You have as many open bookings as you may have. Cancel one first.";
  return account === "project" ? "Your project has reached its limit then." : "You have reached your limit then.";
}

const whose = { platform: "the platform has", project: "your project has", user: "you have" } as const;

/** Hours as people read them, to a hundredth; never more than there are. */
const hours = (amount: number): string => String(Math.floor(amount * 100 + 1e-6) / 100);

/** Why a request gets no offer: the slot and the scarcest resource, or the budget; null when no start was possible at all. */
export function whyNotInWords(why: WhyNot | null, request: ExecutionRequest): Refusal {
  if (!why) {
    const sentence = "No slot that starts in that time leaves room for the whole duration before the window ends.";
    return no("OUTSIDE_WINDOW", sentence, { field: "start" }).error;
  }
  const atLeast = request.minResources === undefined ? "" : "at least ";
  if (why.budget) {
    const { account, resource, leftHours, askedHours } = why.budget;
    const unit = resource === "cores" ? "core-hours" : "GPU-hours";
    const sentence = `This takes ${atLeast}${hours(askedHours)} ${unit}; ${whose[account]} ${hours(leftHours)} left in this window.`;
    return no("BUDGET_REACHED", sentence).error;
  }
  const { slot, scarcity } = why;
  const at = { slot: slot.start };
  if (slot.closed !== null) return no("SLOT_CLOSED", `This slot is closed: ${slot.closed}.`, at).error;
  const asked = resourceInWords(scarcity.resource, leastOf(request).resources[scarcity.resource]);
  const left = resourceInWords(scarcity.resource, scarcity.left);
  const code = scarcity.account === "platform" ? "NO_CAPACITY" : "QUOTA_REACHED";
  return no(code, `You asked for ${atLeast}${asked}; then ${whose[scarcity.account]} ${left} left.`, at).error;
}
