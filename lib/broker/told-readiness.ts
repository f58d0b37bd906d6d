import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";
import type { Readiness } from "#lib/launch/launcher.ts";

const readiness = z.discriminatedUnion("ready", [
  z.object({ ready: z.literal(true), what: z.string() }),
  z.object({ ready: z.literal(false), why: z.string(), cure: z.string(), isPassing: z.boolean().optional() }),
]);

const told = z.object({
  readiness,
  at: z.number(),
  /** Which worker says so. */
  by: z.string(),
});

/** What a worker told of a platform, and when. */
export interface ToldReadiness {
  readonly readiness: Readiness;
  readonly at: Millis;
  readonly by: string;
}

/** As it was stored; null when nothing was, or it was stored by another version. */
export const readTold = (stored: unknown): ToldReadiness | null => told.safeParse(stored).data ?? null;

/** What was told longer ago says nothing any more: no worker runs. */
const GOOD_FOR_MS = 120_000;
/** Told again at the latest after this, so that it stays good. */
const AGAIN_MS = 30_000;

/** What still holds of it at `now`; null: nobody knows. */
export const holding = (stored: ToldReadiness | null, now: Millis): Readiness | null =>
  stored !== null && now < stored.at + GOOD_FOR_MS ? stored.readiness : null;

/**
 * What is to be stored when a worker has seen `seen`, and whether it is news; null: nothing. A worker that has not asked the platform
 * lately believes that it is well: for a while the trouble that another one told counts more.
 */
export function toTell(
  before: ToldReadiness | null,
  { readiness: seen, at: now, by }: ToldReadiness,
): { told: ToldReadiness; isNews: boolean } | null {
  const isRecent = before !== null && now < before.at + AGAIN_MS;
  if (isRecent && before.by !== by && !before.readiness.ready) return null;
  const isNews = !isDeepStrictEqual(holding(before, now), seen);
  return isNews || !isRecent ? { told: { readiness: seen, at: now, by }, isNews } : null;
}
