import type { SessionView } from "#lib/api/view.ts";
import { clock, clockInBoth, day, type Zones } from "#lib/client/zoned-time.ts";

type Series = NonNullable<SessionView["series"]>;

/** "Repeats every day at 02:00 UTC, next Thu 27 Nov 21:00 Toronto (02:00 UTC Fri)." Days and weeks are counted in UTC. */
export function seriesWords({ every, nextAt }: Pick<Series, "every" | "nextAt">, zones: Zones): string {
  if (nextAt === null) return `It was repeated every ${every}; no more is booked.`;
  const when = every === "day" ? "every day" : `every week, ${day(nextAt, "UTC").slice(0, 3)}`;
  return `Repeats ${when} at ${clock(nextAt, "UTC")} UTC, next ${day(nextAt, zones.shown)} ${clockInBoth(nextAt, zones)}.`;
}
