import { type BudgetResource, budgetResources } from "./budget.ts";
import type { Budget } from "./capacity.ts";
import { type ResourceName, type Resources, resourceNames } from "./resources.ts";
import type { Millis, TimeSpan } from "./slot.ts";

/** What becomes of bookings that a changed limit has no room for: they are kept above it, or cancelled. */
export type LimitPolicy = "keep" | "cancel";

/** One slot of the account that changes. `limit` and `closed` are what will hold after the change. */
export interface ChangedSlot {
  readonly start: Millis;
  readonly used: Resources;
  readonly limit: Resources;
  readonly closed: boolean;
}

/** A session that stands in the account. `span`: the whole slots it still has; `acceptedAt`: null while only held. */
export interface StandingSession {
  readonly id: string;
  readonly acceptedAt: Millis | null;
  readonly span: TimeSpan;
  readonly resources: Resources;
}

export interface LimitChange {
  readonly slots: readonly ChangedSlot[];
  readonly sessions: readonly StandingSession[];
  readonly policy: LimitPolicy;
  readonly slotMinutes: number;
  /** The account's budget after the change, and the end of the window it is over; the window begins with the first slot. */
  readonly budget?: Budget;
  readonly windowEnd?: Millis;
}

/** How far a slot stays above its limit. Of a closed slot: the cores still in use there. `by` > 0. */
export interface Excess {
  readonly start: Millis;
  readonly resource: ResourceName;
  readonly by: number;
}

/** `cancelled`: in the order they go; `honoured`: first booked first; `over`: by slot, then by resource. */
export interface LimitPlan {
  readonly cancelled: readonly string[];
  readonly honoured: readonly string[];
  readonly over: readonly Excess[];
  /** By how many hours the window stays above the budget. */
  readonly overBudget: readonly { readonly resource: BudgetResource; readonly byHours: number }[];
}

/**
 * Decides what a change of limits does to those who stand in the account.
 *
 * A session is in the way where it stands in a closed slot, or in a slot that is over its limit in something the session
 * uses, or in the window of a budget that is exceeded in something it uses. One after the other those in the way go and give back what they use: first the offers that are only held (nobody
 * was promised them, so they go under both policies), then, with "cancel", the bookings, latest booked first; of equals
 * the greater id. As soon as a slot is within its limit, nobody has to go because of it. `honoured` are the bookings that
 * are still in the way at the end: all of them with "keep", and none with "cancel" as long as `used` is the sum of the
 * sessions given. The answer is the same whatever the order of slots and sessions.
 */
export function planLimitChange(change: LimitChange): LimitPlan {
  const { slots, sessions, policy, slotMinutes } = change;
  const rows = slots.map((slot) => ({ ...slot, used: { ...slot.used } })).sort((a, b) => a.start - b.start);
  const rowsOf = ({ span }: StandingSession) =>
    rows.filter((row) => row.start < span.end && span.start < row.start + slotMinutes * 60_000);
  const excess = () => budgetExcess(rows, change);
  let overBudget = excess();
  const isInTheWay = (session: StandingSession) =>
    rowsOf(session).some(
      (row) =>
        row.closed ||
        resourceNames.some((name) => session.resources[name] > 0 && isOver(row, name)) ||
        (row.start < (change.windowEnd ?? 0) && overBudget.some(({ resource }) => session.resources[resource] > 0)),
    );

  const cancelled: string[] = [];
  const remaining: StandingSession[] = [];
  for (const session of [...sessions].sort(firstToGo)) {
    const mayGo = policy === "cancel" || session.acceptedAt === null;
    if (!mayGo || !isInTheWay(session)) {
      remaining.push(session);
      continue;
    }
    cancelled.push(session.id);
    for (const row of rowsOf(session)) for (const name of resourceNames) row.used[name] -= session.resources[name];
    overBudget = excess();
  }
  const honoured = remaining
    .filter(isInTheWay)
    .map(({ id }) => id)
    .reverse();
  return { cancelled, honoured, over: rows.flatMap(excessOf), overBudget };
}

/** By how much the hours of the window are above the budget. */
function budgetExcess(rows: readonly ChangedSlot[], { budget, windowEnd = 0, slotMinutes }: LimitChange) {
  const limits = { cores: budget?.coreHours ?? null, gpus: budget?.gpuHours ?? null };
  return budgetResources.flatMap((resource) => {
    const limit = limits[resource];
    const used = rows.reduce((sum, row) => sum + (row.start < windowEnd ? row.used[resource] : 0), 0);
    const byHours = limit === null ? 0 : (used * slotMinutes) / 60 - limit;
    return byHours > 1e-6 ? [{ resource, byHours }] : [];
  });
}

const isOver = (slot: ChangedSlot, name: ResourceName): boolean => slot.used[name] > slot.limit[name];

function excessOf(slot: ChangedSlot): Excess[] {
  const { start, used, limit, closed } = slot;
  if (closed) return used.cores > 0 ? [{ start, resource: "cores", by: used.cores }] : [];
  return resourceNames
    .filter((name) => isOver(slot, name))
    .map((resource) => ({ start, resource, by: used[resource] - limit[resource] }));
}

function firstToGo(a: StandingSession, b: StandingSession): number {
  if (a.acceptedAt !== b.acceptedAt) {
    if (a.acceptedAt === null) return -1;
    if (b.acceptedAt === null) return 1;
    return b.acceptedAt - a.acceptedAt;
  }
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}
