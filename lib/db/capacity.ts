import type { AccountKind, Budget, Capacity, LedgerEntry } from "#lib/booking/capacity.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { bookingWindow, type Millis, type SlotRule, slotsIn, type TimeSpan } from "#lib/booking/slot.ts";
import { database } from "./client.ts";
import type { Booker } from "./ledger.ts";
import { limitOfPlatform, placesOfUser, type StoredPlatform } from "./platforms.ts";
import type { StoredProject } from "./users.ts";

/** An account `a` and its slots from `from` to before `until`, packed into one value each: that is most of the time it takes. */
const accountColumns = (from: string, until: string) => `a.kind,
  json_build_array(a.limit_cores, a.limit_memory_gib, a.limit_gpus) AS limits, a.limit_core_hours, a.limit_gpu_hours,
  (SELECT json_agg(json_build_array(date_part('epoch', l.slot) * 1000, l.used_cores, l.used_memory_gib, l.used_gpus,
      l.limit_cores, l.limit_memory_gib, l.limit_gpus, l.closed))
    FROM ledger l WHERE l.account_id = a.id AND l.slot >= ${from} AND l.slot < ${until}) AS slots`;

/**
 * The ledger of one user over `span`, slot by slot, and the budgets; a slot without a row yet has the account's limit and
 * nothing used.
 */
export async function readCapacity(booker: Booker, span: TimeSpan, slotMinutes: number): Promise<Capacity> {
  const { rows } = await database().pool.query<AccountRow>({
    name: "read-capacity",
    text: `SELECT ${accountColumns("$4", "$5")} FROM accounts_of($1, $2, $3) a`,
    values: [booker.platformId, booker.projectId, booker.userId, new Date(span.start), new Date(span.end)],
  });
  return toCapacity(rows, span, slotMinutes);
}

/** Where a user may book, and the whole window there. */
export interface StoredWindow {
  readonly platform: Pick<StoredPlatform, "name" | "title" | "limit"> & SlotRule;
  readonly project: StoredProject;
  readonly capacity: Capacity;
}

/** The windows of all the places of a user as they are at `now`, in the order of {@link placesOfUser}: one statement for all of them. */
export async function readWindows(userId: string, now: Millis): Promise<StoredWindow[]> {
  const { rows } = await database().pool.query<WindowRow>({
    name: "read-windows",
    text: `SELECT p.name, p.title, p.slot_minutes AS "slotMinutes", p.window_hours AS "windowHours", ${limitOfPlatform} AS "limit", first.project,
        (SELECT json_agg(x) FROM (SELECT ${accountColumns(
          "$3::timestamptz - make_interval(mins => p.slot_minutes)",
          "$3::timestamptz + make_interval(hours => p.window_hours)",
        )} FROM accounts_of(p.id, (first.project ->> 'id')::uuid, $1) a) x) AS accounts
      FROM ${placesOfUser}`,
    values: [userId, null, new Date(now)],
  });
  return rows.map(({ project, accounts, ...platform }) => ({
    platform,
    project,
    // What may be read beyond the window's edges belongs to no slot of it.
    capacity: toCapacity(accounts, bookingWindow(platform, now), platform.slotMinutes),
  }));
}

function toCapacity(rows: readonly AccountRow[], span: TimeSpan, slotMinutes: number): Capacity {
  const budgets: Partial<Record<AccountKind, Budget>> = {};
  const limits: Partial<Record<AccountKind, Resources>> = {};
  const known: Partial<Record<AccountKind, ReadonlyMap<Millis, SlotRow>>> = {};
  for (const row of rows) {
    budgets[row.kind] = { coreHours: row.limit_core_hours, gpuHours: row.limit_gpu_hours };
    limits[row.kind] = toResources(...row.limits);
    known[row.kind] = new Map(row.slots?.map((slot) => [slot[0], slot]));
  }
  const [ofAccount, inSlot] = [complete(limits), complete(known)];
  const entry = (kind: AccountKind, start: Millis): LedgerEntry => {
    const row = inSlot[kind].get(start);
    return row
      ? { used: toResources(row[1], row[2], row[3]), limit: toResources(row[4], row[5], row[6]) }
      : { used: nothing, limit: ofAccount[kind] };
  };
  const slots = slotsIn({ slotMinutes, windowHours: 0 }, span).map((start) => ({
    start,
    closed: inSlot.platform.get(start)?.[7] ?? null,
    accounts: { platform: entry("platform", start), project: entry("project", start), user: entry("user", start) },
  }));
  return { slots, budgets: complete(budgets) };
}

/** Start, used cores, memory and GPUs, their limits, why it is closed. */
type SlotRow = readonly [Millis, number, number, number, number, number, number, string | null];

interface AccountRow {
  kind: AccountKind;
  limits: readonly [number, number, number];
  limit_core_hours: number | null;
  limit_gpu_hours: number | null;
  slots: readonly SlotRow[] | null;
}

type WindowRow = StoredWindow["platform"] & { project: StoredProject; accounts: readonly AccountRow[] };

const nothing: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };
const toResources = (cores: number, memoryGiB: number, gpus: number): Resources => ({ cores, memoryGiB, gpus });

function complete<T>(accounts: Partial<Record<AccountKind, T>>): Record<AccountKind, T> {
  const { platform, project, user } = accounts;
  if (!platform || !project || !user) throw new Error("a platform, project or user has no account in the ledger");
  return { platform, project, user };
}
