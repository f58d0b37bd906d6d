import { type BudgetResource, budgetLeft, exceeded, hoursIn } from "./budget.ts";
import { candidates, type OfferRule } from "./candidates.ts";
import { type AccountKind, type Capacity, type Scarcity, type SlotCapacity, scarcest } from "./capacity.ts";
import { type ExecutionRequest, leastOf } from "./request.ts";
import type { Resources } from "./resources.ts";
import { type Millis, slotLength } from "./slot.ts";

/** The budget that stops a request: whose it is, what it has left, and what the least that would do costs, in hours. */
export interface BudgetShortage {
  readonly account: AccountKind;
  readonly resource: BudgetResource;
  readonly leftHours: number;
  readonly askedHours: number;
}

/** What stops a request: a slot, in one resource of one account, or a budget. */
export type WhyNot =
  | { readonly slot: SlotCapacity; readonly scarcity: Scarcity; readonly budget?: undefined }
  | { readonly budget: BudgetShortage; readonly slot?: undefined };

/**
 * Where and why the first asked start has no room for the least that would do: the slot that is closed or has the least
 * room for it, of equals the earliest; or, when every slot has room, the budget. Null when it has room, and when no start
 * was possible at all.
 */
export function whyNot(request: ExecutionRequest, rule: OfferRule, capacity: Capacity, now: Millis): WhyNot | null {
  const first = candidates(request, rule, now)[0];
  if (!first) return null;
  const { resources } = leastOf(request);
  const within = capacity.slots.filter(({ start }) => start >= first.span.start && start < first.span.end);
  let worst: { slot: SlotCapacity; scarcity: Scarcity; room: number } | null = null;
  for (const slot of within) {
    const scarcity = scarcest(slot, resources);
    const room = roomOf(slot, scarcity, resources);
    if (room < 1 && (worst === null || room < worst.room)) worst = { slot, scarcity, room };
  }
  if (worst) return { slot: worst.slot, scarcity: worst.scarcity };

  const slots = (first.span.end - first.span.start) / slotLength(rule);
  const stop = exceeded(budgetLeft(capacity, rule), resources, slots, rule);
  if (!stop) return null;
  const { resource, budget } = stop;
  const askedHours = hoursIn(resources[resource], slots, rule);
  return { budget: { account: budget.account, resource, leftHours: budget.leftHours, askedHours } };
}

/** How often the scarcest of what is asked is there; below 1 it does not fit. A closed slot is worse than a full one. */
const roomOf = (slot: SlotCapacity, { resource, left }: Scarcity, asked: Resources): number =>
  slot.closed === null ? left / asked[resource] : -1;
