import { fitsInto, leftOf, type ResourceName, type Resources, resourceNames, smallerOf } from "./resources.ts";
import type { Millis } from "./slot.ts";

/** Who a limit applies to. */
export type AccountKind = "platform" | "project" | "user";
export const accountKinds = ["platform", "project", "user"] as const satisfies readonly AccountKind[];

/** One account in one slot: a row of the ledger. */
export interface LedgerEntry {
  readonly used: Resources;
  readonly limit: Resources;
}

/** One slot as one user sees it: the ledger rows of the three accounts that a booking of theirs would touch. */
export interface SlotCapacity {
  readonly start: Millis;
  /** Why nothing can be booked here (maintenance), or null. */
  readonly closed: string | null;
  readonly accounts: Readonly<Record<AccountKind, LedgerEntry>>;
}

/**
 * The most an account may have booked over the slots of the window, in core-hours and GPU-hours; null: no such budget.
 * What is used of it is never stored: it is the sum of what the account uses in the slots (`budgetLeft`).
 */
export interface Budget {
  readonly coreHours: number | null;
  readonly gpuHours: number | null;
}

/** The window as one user sees it: every slot of it without a gap, the running one first, and the three budgets. */
export interface Capacity {
  readonly slots: readonly SlotCapacity[];
  readonly budgets: Readonly<Record<AccountKind, Budget>>;
}

/** What a user can still get in a slot: the smallest of what the three accounts have left; nothing when closed. */
export function freeFor(slot: SlotCapacity): Resources {
  if (slot.closed !== null) return { cores: 0, memoryGiB: 0, gpus: 0 };
  return accountKinds.map((kind) => leftOf(slot.accounts[kind].limit, slot.accounts[kind].used)).reduce(smallerOf);
}

/** What the platform as a whole has left in a slot; nothing when closed. */
export function freeOnPlatform({ closed, accounts: { platform } }: SlotCapacity): Resources {
  return closed !== null ? { cores: 0, memoryGiB: 0, gpus: 0 } : leftOf(platform.limit, platform.used);
}

/** The component that stops (or would first stop) a shape in a slot, whose limit it is, and what is left of it. */
export interface Scarcity {
  readonly resource: ResourceName;
  readonly account: AccountKind;
  readonly left: number;
}

/** Decides which asked component has the least room in proportion to what is asked; of equals, the first account. */
export function scarcest(slot: SlotCapacity, asked: Resources): Scarcity {
  const all = accountKinds.flatMap((account) => {
    const left = leftOf(slot.accounts[account].limit, slot.accounts[account].used);
    return resourceNames
      .filter((resource) => asked[resource] > 0)
      .map((resource) => ({ resource, account, left: left[resource], room: left[resource] / asked[resource] }));
  });
  const first = all.reduce((least, one) => (one.room < least.room ? one : least));
  return { resource: first.resource, account: first.account, left: first.left };
}

export type Fit = "fits" | "smaller" | "full" | "closed";

/** What one slot says of one shape. `times`: how often the shape fits, `share`: 0..1 of the scarcest left of its limit. */
export interface SlotFit {
  readonly fit: Fit;
  readonly times: number;
  readonly share: number;
  readonly scarcity: Scarcity;
}

/** Decides whether `asked` fits, something smaller does (at least one core and one GiB), or nothing does. */
export function slotFit(slot: SlotCapacity, asked: Resources): SlotFit {
  const free = freeFor(slot);
  const scarcity = scarcest(slot, asked);
  const limit = slot.accounts[scarcity.account].limit[scarcity.resource];
  const share = limit > 0 ? Math.min(1, scarcity.left / limit) : 0;
  const times = Math.min(
    ...resourceNames.filter((name) => asked[name] > 0).map((name) => Math.floor(free[name] / asked[name])),
  );
  if (slot.closed !== null) return { fit: "closed", times: 0, share: 0, scarcity };
  if (fitsInto(asked, free)) return { fit: "fits", times, share, scarcity };
  return { fit: free.cores >= 1 && free.memoryGiB >= 1 ? "smaller" : "full", times: 0, share, scarcity };
}
