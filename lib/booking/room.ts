import { affordable, type BudgetsLeft, budgetLeft, exceeded } from "./budget.ts";
import type { Candidate } from "./candidates.ts";
import { type Capacity, freeFor, type SlotCapacity } from "./capacity.ts";
import { type ChoiceRule, roundingDown } from "./choices.ts";
import { fitsInto, leftOf, mapResources, type Resources, resourceNames, smallerOf } from "./resources.ts";
import { type Millis, type SlotRule, slotLength, type TimeSpan } from "./slot.ts";

/** A capacity made ready to be asked often: what is free in each slot is worked out once. */
export interface Room {
  readonly rule: SlotRule;
  readonly start: Millis;
  /** What the user can still get, slot by slot; the window ends with the last. */
  readonly free: readonly Resources[];
  /** 0..1, slot by slot: the smallest share of any resource that the platform has left. */
  readonly shares: readonly number[];
  readonly budgets: BudgetsLeft;
  /** The largest size that the platform gives of no more than this; null: it gives nothing so small. */
  readonly given: (size: Resources) => Resources | null;
}

/** Works out a capacity once, for all the questions of one request. */
export function roomIn(capacity: Capacity, rule: SlotRule & ChoiceRule): Room {
  const slots = capacity.slots.slice(0, Math.floor((rule.windowHours * 60) / rule.slotMinutes));
  return {
    rule,
    start: slots[0]?.start ?? 0,
    free: slots.map(freeFor),
    shares: slots.map(platformShare),
    budgets: budgetLeft(capacity, rule),
    given: roundingDown(rule),
  };
}

function platformShare({ accounts: { platform } }: SlotCapacity): number {
  const left = leftOf(platform.limit, platform.used);
  const asked = resourceNames.filter((name) => platform.limit[name] > 0);
  return Math.min(...asked.map((name) => left[name] / platform.limit[name]));
}

const indexOf = (room: Room, at: Millis): number => Math.round((at - room.start) / slotLength(room.rule));

const slotCount = (span: TimeSpan, rule: SlotRule): number => Math.round((span.end - span.start) / slotLength(rule));

/** Whether there is room for a candidate in each of its slots and in the budgets. A slot that is not there has none. */
export function fitsRoom({ span, resources }: Candidate, room: Room): boolean {
  const from = indexOf(room, span.start);
  const count = slotCount(span, room.rule);
  // Written so that "no number" has no room either.
  if (!(from >= 0 && from + count <= room.free.length)) return false;
  for (let index = from; index < from + count; index++) {
    const free = room.free[index];
    if (!free || !fitsInto(resources, free)) return false;
  }
  return exceeded(room.budgets, resources, count, room.rule) === null;
}

/** The same for one question only. */
export const hasRoom = (candidate: Candidate, capacity: Capacity, rule: SlotRule): boolean =>
  fitsRoom(candidate, roomIn(capacity, rule));

/** 0..1: the smallest share of any resource that the platform has left over all slots of a candidate. */
export function shareOf({ span }: Candidate, room: Room): number {
  const from = indexOf(room, span.start);
  const count = slotCount(span, room.rule);
  let least = Number.POSITIVE_INFINITY;
  for (let index = from; index < from + count; index++) least = Math.min(least, room.shares[index] ?? 0);
  return least;
}

/** Between what a run may be: `least` is what will do, `most` what is wished; the duration may grow to `mostSlots`. */
export interface Bounds {
  readonly least: Resources;
  readonly most: Resources;
  readonly mostSlots: number;
}

/**
 * The best run that can be had at a candidate's start, beginning with its duration: the largest that the platform gives, and
 * of that size the longest. Null when not even the least fits. In more slots there is never more room, so the largest size is that of the
 * candidate's own duration.
 */
export function largestRun(candidate: Candidate, { least, most, mostSlots }: Bounds, room: Room): Candidate | null {
  const from = indexOf(room, candidate.span.start);
  const count = slotCount(candidate.span, room.rule);
  if (!(from >= 0 && from + count <= room.free.length)) return null;
  let free = mapResources((name) =>
    name === "memoryGiB" ? most[name] : Math.min(most[name], affordable(room.budgets[name], count, room.rule)),
  );
  for (let index = from; index < from + count; index++) free = smallerOf(free, room.free[index] ?? free);
  const size = room.given(free);
  if (size === null || !fitsInto(least, size)) return null;
  let more = 0;
  while (candidate.durationSlots + more < mostSlots && goesOn(size, from, count + more + 1, room)) more++;
  const end = candidate.span.end + more * slotLength(room.rule);
  const durationSlots = candidate.durationSlots + more;
  return { ...candidate, span: { ...candidate.span, end }, endsAt: end, durationSlots, resources: size };
}

/** Whether the last of `count` slots has room too, and the budgets allow all of them. */
function goesOn(size: Resources, from: number, count: number, room: Room): boolean {
  const free = room.free[from + count - 1];
  return free !== undefined && fitsInto(size, free) && exceeded(room.budgets, size, count, room.rule) === null;
}
