import type { Millis } from "#lib/booking/slot.ts";
import { expireOffers } from "#lib/broker/expire-offers.ts";
import { releaseOrphans } from "#lib/broker/release-orphans.ts";
import { resumeSessions } from "#lib/broker/resume-sessions.ts";
import { platformKinds } from "#lib/db/platforms.ts";
import { decide } from "./decide.ts";

/** Makes good what a crash left undone: overdue offers, bookings without a job, sessions on a platform that nobody wants. */
export async function sweep({ now, signal }: { now: Millis; signal: AbortSignal }): Promise<void> {
  await expireOffers({ now });
  await resumeSessions({ decide, now });
  for (const kind of await platformKinds()) {
    for (const name of await releaseOrphans({ kind, signal })) console.log(`removed ${name}: no session wants it`);
  }
}
