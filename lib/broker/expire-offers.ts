import type { Millis } from "#lib/booking/slot.ts";
import { endSessions } from "#lib/db/ledger.ts";
import { overdueOffers } from "#lib/db/offer-sets.ts";

/** Expires every offer whose time is over and frees what it held. Returns how many. */
export async function expireOffers({ now }: { now: Millis }): Promise<number> {
  const overdue = await overdueOffers(now);
  if (overdue.length === 0) return 0;
  const why = "Not accepted in time.";
  const expired = await endSessions(overdue, { before: ["OFFERED"], after: "EXPIRED", why }, "meridian", now);
  return expired.length;
}
