import { type Millis, type SlotRule, slotStart } from "./slot.ts";

/**
 * Somebody who waits. `share`: 0..1, the core-hours they used or had booked in the last window, as a share of what the
 * platform had in it; 0 when it had none.
 */
export interface WaitlistEntry {
  readonly id: string;
  readonly userId: string;
  readonly joinedAt: Millis;
  readonly share: number;
}

/**
 * The fairness rule: in which order freed capacity is offered to those who wait.
 *
 * Who came in an earlier slot (on most platforms: an earlier hour) comes first, always, so that nobody waits forever.
 * Among those who came in the same slot, the one with the smaller share comes first: a few minutes decide less than how
 * much somebody already had. Then the time they came, then the id. The answer is the same whatever the order given.
 */
export function waitlistOrder<Entry extends WaitlistEntry>(entries: readonly Entry[], rule: SlotRule): Entry[] {
  return [...entries].sort(
    (a, b) =>
      slotStart(rule, a.joinedAt) - slotStart(rule, b.joinedAt) ||
      a.share - b.share ||
      a.joinedAt - b.joinedAt ||
      (a.id < b.id ? -1 : 1),
  );
}
