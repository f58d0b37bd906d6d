import { freeFor, type SlotCapacity } from "./capacity.ts";
import { fitsInto, type Resources } from "./resources.ts";
import { bookingWindow, type Millis, type SlotRule, slotLength, slotStart } from "./slot.ts";

/** A session that may be extended. `endsAt`: the edge of the slot it ends with. */
export interface Extensible {
  readonly endsAt: Millis;
  readonly resources: Resources;
}

/** What may still be booked over the window, in core-hours and GPU-hours; null: as much as there is. */
export interface HoursLeft {
  readonly cores: number | null;
  readonly gpus: number | null;
}

/**
 * How many whole slots a session can go on for, directly after its end: as long as each has room for its resources, is
 * open and in the booking window, and the hours left suffice. 0 when it cannot be extended, or is over at `now`. `slots`:
 * the window as the session's owner sees it, in any order; a slot that is missing counts as full.
 */
export function longestExtension(
  { endsAt, resources }: Extensible,
  rule: SlotRule,
  slots: readonly SlotCapacity[],
  hoursLeft: HoursLeft,
  now: Millis,
): number {
  if (endsAt <= now) return 0;
  const length = slotLength(rule);
  const inWindow = Math.floor((bookingWindow(rule, now).end - endsAt) / length);
  const most = Math.min(
    inWindow,
    slotsWithin(hoursLeft.cores, resources.cores, rule),
    slotsWithin(hoursLeft.gpus, resources.gpus, rule),
  );
  const slotAt = new Map(slots.map((slot) => [slot.start, slot]));
  let count = 0;
  while (count < most && hasRoom(slotAt.get(endsAt + count * length), resources)) count++;
  return count;
}

const hasRoom = (slot: SlotCapacity | undefined, resources: Resources): boolean =>
  slot !== undefined && fitsInto(resources, freeFor(slot));

/** Hours are sums of fractions where slots are shorter than an hour: a billionth of a slot may be missing. */
const ROUNDING = 1e-9;

/** How many slots of `amount` the hours are enough for. */
function slotsWithin(hours: number | null, amount: number, rule: SlotRule): number {
  if (hours === null || amount === 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor((hours * 60) / (amount * rule.slotMinutes) + ROUNDING));
}

/** A session that may be shortened. `slotsFrom`: the start of the first slot it takes; `startsAt`: the run's own start. */
export interface Shortenable {
  readonly startsAt: Millis;
  readonly slotsFrom: Millis;
  readonly endsAt: Millis;
}

/**
 * The earliest end a session can be shortened to: the end of the slot that is running, or of the one it starts in when
 * that is still to come. Never after the end it has; then there is nothing to shorten.
 */
export function shortestEnd({ startsAt, slotsFrom, endsAt }: Shortenable, rule: SlotRule, now: Millis): Millis {
  const lastKept = slotStart(rule, Math.max(startsAt, slotsFrom, now));
  return Math.min(endsAt, lastKept + slotLength(rule));
}
