import type { Millis } from "#lib/booking/slot.ts";
import { announce } from "#lib/db/announce.ts";
import { lastEvent } from "#lib/db/audit.ts";
import { sealAudit } from "#lib/db/integrity.ts";

let seen: string | null = null;

/**
 * Seals what can be sealed of the audit. Tells whoever looks when something happened since the last call, in case the process
 * that did it died before it could. Returns how many events were sealed.
 */
export async function keepAudit({ now }: { now: Millis }): Promise<number> {
  const sealed = await sealAudit(now);
  const last = await lastEvent();
  if (seen !== null && last !== seen) announce([{ session: "", user: "" }]);
  seen = last;
  return sealed;
}
