import type { Repetition } from "#lib/booking/occurrences.ts";
import type { Executable } from "#lib/booking/request.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { announce } from "./announce.ts";
import { database, transaction } from "./client.ts";
import type { Booker } from "./ledger.ts";

/** A booking that repeats: the parent of single bookings. */
export interface StoredSeries extends Booker {
  readonly id: string;
  readonly userName: string;
  readonly executable: Executable;
  readonly resources: Resources;
  readonly durationSlots: number;
  readonly every: Repetition;
  readonly startsAt: Millis;
  readonly until: Millis | null;
  /** The next time that is to be booked; null: it is over. */
  readonly nextAt: Millis | null;
  /** Why that could not be booked yet; a sentence. */
  readonly trouble: string | null;
  /** Whether its owner is still in the project. */
  readonly isMember: boolean;
}

type NewSeries = Omit<StoredSeries, "userName" | "trouble" | "isMember"> & { readonly sessionId: string };

/** Makes a series of a booking that belongs to none that goes on; returns the id of the one it belongs to now. */
export async function makeSeries(series: NewSeries, now: Millis): Promise<string> {
  const time = (at: Millis | null) => (at === null ? null : new Date(at));
  const id = await transaction(async (client) => {
    // Two who repeat one booking at once take turns; the second looks with new eyes.
    await client.query("SELECT FROM sessions WHERE id = $1 FOR NO KEY UPDATE", [series.sessionId]);
    const { rows } = await client.query<{ id: string }>(
      "SELECT r.id FROM sessions s JOIN series r ON r.id = s.series_id WHERE s.id = $1 AND r.next_at IS NOT NULL",
      [series.sessionId],
    );
    if (rows[0]) return rows[0].id;
    const { cores, memoryGiB, gpus } = series.resources;
    const owner = [series.id, series.platformId, series.projectId, series.userId];
    const shape = [JSON.stringify(series.executable), cores, memoryGiB, gpus, series.durationSlots];
    const times = [time(series.startsAt), time(series.until), time(series.nextAt), time(now)];
    await client.query(
      `INSERT INTO series (id, platform_id, project_id, user_id, executable, cores, memory_gib, gpus, duration_slots, every,
         starts_at, until_at, next_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [...owner, ...shape, series.every, ...times],
    );
    await client.query("UPDATE sessions SET series_id = $2 WHERE id = $1", [series.sessionId, series.id]);
    return series.id;
  });
  announce([{ session: series.sessionId, user: series.userId }]);
  return id;
}

/** Makes a booking a part of a series. */
export async function joinSeries(sessionId: string, seriesId: string): Promise<void> {
  await database().pool.query("UPDATE sessions SET series_id = $2 WHERE id = $1 AND series_id IS NULL", [
    sessionId,
    seriesId,
  ]);
}

/** The series that have something to be booked that starts before `before`. */
export async function seriesToBook(before: Millis): Promise<StoredSeries[]> {
  const rows = await database().prisma.series.findMany({
    where: { nextAt: { not: null, lt: new Date(before) } },
    orderBy: { nextAt: "asc" },
    include: { user: { select: { name: true, projects: { select: { projectId: true } } } } },
  });
  return rows.map((row) => ({
    id: row.id,
    platformId: row.platformId,
    projectId: row.projectId,
    userId: row.userId,
    userName: row.user.name,
    executable: row.executable as unknown as Executable,
    resources: { cores: row.cores, memoryGiB: row.memoryGib, gpus: row.gpus },
    durationSlots: row.durationSlots,
    every: row.every as Repetition,
    startsAt: row.startsAt.getTime(),
    until: row.untilAt?.getTime() ?? null,
    nextAt: row.nextAt?.getTime() ?? null,
    trouble: row.trouble,
    isMember: row.user.projects.some(({ projectId }) => projectId === row.projectId),
  }));
}

/** Goes on to the next time of a series, if it still stands at `from`; null ends it. */
export async function advanceSeries(
  id: string,
  from: Millis,
  to: { nextAt: Millis | null; trouble: string | null },
): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    "UPDATE series SET next_at = $3, trouble = $4 WHERE id = $1 AND next_at = $2",
    [id, new Date(from), to.nextAt === null ? null : new Date(to.nextAt), to.trouble],
  );
  return rowCount === 1;
}

/** Ends a series of a user: nothing more is booked for it. False when there is none of theirs. */
export async function stopSeries(id: string, userId: string): Promise<boolean> {
  const { rowCount } = await database().pool.query("UPDATE series SET next_at = NULL WHERE id = $1 AND user_id = $2", [
    id,
    userId,
  ]);
  announce([{ session: id, user: userId }]);
  return rowCount === 1;
}
