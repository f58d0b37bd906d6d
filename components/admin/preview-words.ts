import type { LimitPreviewView } from "#lib/api/view.ts";
import { type ResourceName, resourceInWords } from "#lib/booking/resources.ts";
import type { Millis, TimeSpan } from "#lib/booking/slot.ts";
import { limitInWords, limitNames } from "./limit-fields.ts";

const many = (amount: number, one: string) => `${amount} ${amount === 1 ? one : `${one}s`}`;

const isHeld = ({ phase }: { readonly phase: string }) => phase === "OFFERED";

/** How many of whom a change touches. */
export function countTouched({ cancelled, honoured }: Pick<LimitPreviewView, "cancelled" | "honoured">) {
  const released = cancelled.filter(isHeld).length;
  return { released, cancelled: cancelled.length - released, honoured: honoured.length };
}

/** What the button does: "Save 1 core, cancel 2 bookings". */
export function applyWords(preview: LimitPreviewView): string {
  const { released, cancelled, honoured } = countTouched(preview);
  const words = [whatIsSet(preview)];
  if (cancelled > 0) words.push(`cancel ${many(cancelled, "booking")}`);
  if (released > 0) words.push(`release ${many(released, "offer")}`);
  if (honoured > 0) words.push(`keep ${many(honoured, "booking")}`);
  return words.join(", ");
}

function whatIsSet({ before, after, closings }: LimitPreviewView): string {
  if (closings.length > 0) {
    const slots = many(closings.length, "slot");
    return closings.some(({ closed }) => closed !== null) ? `Close ${slots}` : `Open ${slots} again`;
  }
  const changed = limitNames.filter((name) => before[name] !== after[name]);
  const [only] = changed;
  if (only === undefined) return "Save";
  return changed.length === 1 ? `Save ${limitInWords(only, after[only])}` : `Save ${many(changed.length, "limit")}`;
}

/** The first sentence of a preview: "2 bookings would be cancelled, 1 would stay above the limit." */
export function touchedSentence(preview: LimitPreviewView): string {
  const { released, cancelled, honoured } = countTouched(preview);
  const words: string[] = [];
  if (cancelled > 0) words.push(`${many(cancelled, "booking")} would be cancelled`);
  if (released > 0) words.push(`${many(released, "held offer")} would be released`);
  if (honoured > 0) words.push(`${many(honoured, "booking")} would be honoured above the limit`);
  return words.length === 0 ? "Nobody’s booking is touched." : `${words.join(", ")}.`;
}

/** What of a budget is booked beyond it: "The window stays 6 core-hours above the budget." */
export function budgetSentences({ overBudget }: Pick<LimitPreviewView, "overBudget">): string[] {
  return overBudget.map(({ resource, byHours }) => {
    const hours = Math.ceil(byHours * 100) / 100;
    return `The window stays ${many(hours, resource === "cores" ? "core-hour" : "GPU-hour")} above the budget.`;
  });
}

/** What stays above the limit, by how much: neighbouring slots that say the same are one. */
export interface OverSpan extends TimeSpan {
  readonly resource: ResourceName;
  readonly by: number;
  readonly words: string;
}

/** `length`: of a slot. In a closed slot everything that is still in use is too much. */
export function overSpans({ over, slots }: LimitPreviewView, length: Millis): OverSpan[] {
  const closed = new Set(slots.filter((slot) => slot.closed).map(({ start }) => start));
  const spans: OverSpan[] = [];
  for (const { start, resource, by } of over) {
    const amount = resourceInWords(resource, by);
    const words = closed.has(start) ? `closed, ${amount} still in use` : `${amount} above the limit`;
    const index = spans.findIndex((span) => span.end === start && span.resource === resource && span.words === words);
    const last = spans[index];
    if (last) spans[index] = { ...last, end: start + length };
    else spans.push({ start, end: start + length, resource, by, words });
  }
  return spans;
}
