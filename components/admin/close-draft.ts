import type { LimitChangeForm } from "#lib/api/limit-change.ts";
import type { LimitPolicy } from "#lib/booking/limit-change.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { localText, readLocalText } from "#lib/client/zoned-time.ts";

/** A time as chosen: the edge of a slot of the window, or (null) another one, as typed. */
export interface TimeDraft {
  readonly edge: Millis | null;
  readonly text: string;
}

export interface CloseDraft {
  readonly from: TimeDraft;
  readonly until: TimeDraft;
  readonly reason: string;
  readonly policy: LimitPolicy;
}

export const atEdge = (edge: Millis): TimeDraft => ({ edge, text: "" });

/** Leaves the slots' edges: the field begins with the time that was chosen. */
export const atAnotherTime = ({ edge, text }: TimeDraft, zone: string): TimeDraft => ({
  edge: null,
  text: edge === null ? text : localText(edge, zone),
});

/** The time that is meant; null when what was typed is none. */
export const readTime = ({ edge, text }: TimeDraft, zone: string): Millis | null => edge ?? readLocalText(text, zone);

/** Another start takes the end with it when that would lie before; `length`: of a slot. */
export function withStart(draft: CloseDraft, from: TimeDraft, length: Millis, zone: string): CloseDraft {
  const start = readTime(from, zone);
  const end = readTime(draft.until, zone);
  if (start === null || end === null || end > start) return { ...draft, from };
  const until = from.edge === null ? { edge: null, text: localText(start + length, zone) } : atEdge(start + length);
  return { ...draft, from, until };
}

/** What is asked of the server; null while a time cannot be read. A preview may be seen before the reason is written. */
export function closeForm(
  accountId: string,
  { from, until, reason, policy }: CloseDraft,
  zone: string,
): LimitChangeForm | null {
  const start = readTime(from, zone);
  const end = readTime(until, zone);
  if (start === null || end === null) return null;
  return { accountId, close: { from: start, until: end, reason: reason.trim() || "Closed" }, policy };
}
