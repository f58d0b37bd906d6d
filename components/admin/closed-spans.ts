import type { AccountView } from "#lib/api/view.ts";
import type { Millis, TimeSpan } from "#lib/booking/slot.ts";

/** Slots that are closed one after the other for one reason. */
export interface ClosedSpan extends TimeSpan {
  readonly reason: string;
  readonly slots: number;
}

/** What is closed, earliest first: neighbours with the same reason are one. `length`: of a slot. */
export function closedSpans(slots: AccountView["slots"], length: Millis): ClosedSpan[] {
  const spans: ClosedSpan[] = [];
  for (const { start, closed } of slots.toSorted((a, b) => a.start - b.start)) {
    if (closed === null) continue;
    const last = spans.at(-1);
    const joins = last?.end === start && last.reason === closed;
    if (last && joins) spans[spans.length - 1] = { ...last, end: start + length, slots: last.slots + 1 };
    else spans.push({ start, end: start + length, reason: closed, slots: 1 });
  }
  return spans;
}
