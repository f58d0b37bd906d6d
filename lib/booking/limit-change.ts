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
}

/**
 * Decides what a change of limits does to those who stand in the account.
 *
 * A session is in the way where it stands in a closed slot, or in a slot that is over its limit in something the session
 * uses. One after the other those in the way go and give back what they use: first the offers that are only held (nobody
 * was promised them, so they go under both policies), then, with "cancel", the bookings, latest booked first; of equals
 * the greater id. As soon as a slot is within its limit, nobody has to go because of it. `honoured` are the bookings that
 * are still in the way at the end: all of them with "keep", and none with "cancel" as long as `used` is the sum of the
 * sessions given. The answer is the same whatever the order of slots and sessions.
 */
export function planLimitChange({ slots, sessions, policy, slotMinutes }: LimitChange): LimitPlan {
  const rows = slots.map((slot) => ({ ...slot, used: { ...slot.used } })).sort((a, b) => a.start - b.start);
  const rowsOf = ({ span }: StandingSession) =>
    rows.filter((row) => row.start < span.end && span.start < row.start + slotMinutes * 60_000);
  const isInTheWay = (session: StandingSession) =>
    rowsOf(session).some(
      (row) => row.closed || resourceNames.some((name) => session.resources[name] > 0 && isOver(row, name)),
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
  }
  const honoured = remaining
    .filter(isInTheWay)
    .map(({ id }) => id)
    .reverse();
  return { cancelled, honoured, over: rows.flatMap(excessOf) };
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
