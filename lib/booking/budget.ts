import { type AccountKind, accountKinds, type Budget, type Capacity } from "./capacity.ts";
import type { Resources } from "./resources.ts";
import type { SlotRule } from "./slot.ts";

/** What a budget counts; memory has none. */
export type BudgetResource = "cores" | "gpus";
export const budgetResources = ["cores", "gpus"] as const satisfies readonly BudgetResource[];

const hoursOf = { cores: "coreHours", gpus: "gpuHours" } as const satisfies Record<BudgetResource, keyof Budget>;

/** The tightest of the three budgets for one resource, in core-hours or GPU-hours over the window. */
export interface BudgetLeft {
  readonly account: AccountKind;
  readonly limitHours: number;
  /** May be more than the limit, when that was lowered under what was promised. */
  readonly usedHours: number;
  /** ≥ 0. */
  readonly leftHours: number;
}

export type BudgetsLeft = Readonly<Record<BudgetResource, BudgetLeft | null>>;

/**
 * What the budgets of platform, project and user together still allow over the window, and whose is the tightest: the one
 * with the fewest hours left, of equals the first account. Null where no account has a budget.
 */
export function budgetLeft({ slots, budgets }: Capacity, rule: SlotRule): BudgetsLeft {
  const tightest = (resource: BudgetResource): BudgetLeft | null => {
    let least: BudgetLeft | null = null;
    for (const account of accountKinds) {
      const limitHours = budgets[account][hoursOf[resource]];
      if (limitHours === null) continue;
      const used = slots.reduce((sum, slot) => sum + slot.accounts[account].used[resource], 0);
      const usedHours = (used * rule.slotMinutes) / 60;
      const leftHours = Math.max(0, limitHours - usedHours);
      if (least === null || leftHours < least.leftHours) least = { account, limitHours, usedHours, leftHours };
    }
    return least;
  };
  return { cores: tightest("cores"), gpus: tightest("gpus") };
}

/** What `amount` of a resource costs in `slots` whole slots, in hours. */
export const hoursIn = (amount: number, slots: number, rule: SlotRule): number =>
  (amount * slots * rule.slotMinutes) / 60;

/** Hours are fractions where a slot is no hour: what one millionth of an hour decides is rounding. */
const ROUNDING = 1e-6;

/** The most of a resource that a budget allows in each of `slots` slots: whole, ≥ 0; Infinity without a budget. */
export function affordable(left: BudgetLeft | null, slots: number, rule: SlotRule): number {
  return left === null ? Number.POSITIVE_INFINITY : Math.floor((left.leftHours + ROUNDING) / hoursIn(1, slots, rule));
}

/** The budget that does not allow `resources` for `slots` slots, in words' order: cores first. Null when all do. */
export function exceeded(
  left: BudgetsLeft,
  resources: Resources,
  slots: number,
  rule: SlotRule,
): { readonly resource: BudgetResource; readonly budget: BudgetLeft } | null {
  for (const resource of budgetResources) {
    const budget = left[resource];
    if (budget && resources[resource] > affordable(budget, slots, rule)) return { resource, budget };
  }
  return null;
}
