import { type BudgetsLeft, budgetLeft } from "./budget.ts";
import { type AccountKind, accountKinds, type Capacity, freeFor, type SlotCapacity } from "./capacity.ts";
import type { ResourceName } from "./resources.ts";
import type { SlotRule } from "./slot.ts";

/** The most of one resource that a user can have in one slot, whose limit that is, and the most still free in one. */
export interface EffectiveLimit {
  readonly most: number;
  readonly account: AccountKind;
  readonly left: number;
}

/** Everything that limits one user on one platform: in a slot, and over the window (null: no such budget). */
export interface EffectiveLimits {
  readonly inOneSlot: Readonly<Record<ResourceName, EffectiveLimit>>;
  readonly overWindow: BudgetsLeft;
}

/**
 * The limits that hold for a user, worked out here and nowhere else: in one slot the smallest of what platform, project
 * and user allow (of equals the first of these), in the slot of the window that allows most; over the window the tightest
 * budget. Closed slots still have their limits, and nothing left.
 */
export function effectiveLimits(capacity: Capacity, rule: SlotRule): EffectiveLimits {
  const free = capacity.slots.map(freeFor);
  const inOneSlot = (name: ResourceName): EffectiveLimit => {
    const limits = capacity.slots.map((slot) => smallestLimit(slot, name));
    const best = limits.reduce((most, one) => (one.most > most.most ? one : most), limits[0] ?? nothing);
    return { ...best, left: free.reduce((most, one) => Math.max(most, one[name]), 0) };
  };
  const [cores, memoryGiB, gpus] = [inOneSlot("cores"), inOneSlot("memoryGiB"), inOneSlot("gpus")];
  return { inOneSlot: { cores, memoryGiB, gpus }, overWindow: budgetLeft(capacity, rule) };
}

const nothing = { most: 0, account: "platform" as AccountKind };

function smallestLimit(slot: SlotCapacity, name: ResourceName): { most: number; account: AccountKind } {
  return accountKinds
    .map((account) => ({ most: slot.accounts[account].limit[name], account }))
    .reduce((least, one) => (one.most < least.most ? one : least));
}
