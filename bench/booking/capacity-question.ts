import { bookingWindow } from "#lib/booking/slot.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { database } from "#lib/db/client.ts";
import { NOW } from "#lib/testing/universe.ts";
import type { Booking, Town } from "./town.ts";

/** What an offer search asks first: what each account has used in each slot of the window. Answered by the ledger. */
export const askLedger = ({ platform }: Town, { id, projectId }: Booking) =>
  readCapacity({ platformId: platform.id, projectId, userId: id }, bookingWindow(platform, NOW), platform.slotMinutes);

/** One slot as {@link askSessions} answers it: cores used on the platform, by the project and by the user. */
export interface SummedSlot {
  readonly start: number;
  readonly platform: number;
  readonly project: number;
  readonly user: number;
}

/**
 * The same question answered without a ledger, as other brokers do: for each slot the sessions that overlap it are
 * summed, for the platform, the project and the user in one go. {@link indexForSummed} makes the index it deserves.
 */
export async function askSessions({ platform }: Town, { id, projectId }: Booking): Promise<SummedSlot[]> {
  const window = bookingWindow(platform, NOW);
  const { rows } = await database().pool.query<SummedSlot>({
    name: "sum-sessions",
    text: `WITH standing AS MATERIALIZED (
        SELECT project_id, user_id, slots_from, slots_until, cores, memory_gib, gpus, accepted_at FROM sessions
        WHERE platform_id = $1 AND (accepted_at IS NOT NULL OR phase = 'OFFERED')
          AND tstzrange(slots_from, slots_until) && tstzrange($4, $5))
      SELECT (extract(epoch FROM t.slot) * 1000)::float8 AS start, ${sums("platform", "true")},
        ${sums("project", "s.accepted_at IS NOT NULL AND s.project_id = $2")},
        ${sums("user", "s.accepted_at IS NOT NULL AND s.user_id = $3")}
      FROM generate_series($4::timestamptz, $5::timestamptz - $6 * interval '1 minute', $6 * interval '1 minute') t (slot)
        LEFT JOIN standing s ON s.slots_from < t.slot + $6 * interval '1 minute' AND s.slots_until > t.slot
      GROUP BY t.slot ORDER BY t.slot`,
    values: [platform.id, projectId, id, new Date(window.start), new Date(window.end), platform.slotMinutes],
  });
  return rows;
}

const sums = (account: string, condition: string): string =>
  [
    `coalesce(sum(s.cores) FILTER (WHERE ${condition}), 0)::int AS "${account}"`,
    `coalesce(sum(s.memory_gib) FILTER (WHERE ${condition}), 0)::int AS ${account}_memory_gib`,
    `coalesce(sum(s.gpus) FILTER (WHERE ${condition}), 0)::int AS ${account}_gpus`,
  ].join(", ");

/** An index on the time that sessions stand in, which finds those that overlap the window however many are over. */
export const indexForSummed = `CREATE INDEX sessions_standing ON sessions USING gist (tstzrange(slots_from, slots_until))
  WHERE accepted_at IS NOT NULL OR phase = 'OFFERED'`;
