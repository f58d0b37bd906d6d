import { isLive } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { recordEvent, sessionHistory } from "#lib/db/audit.ts";
import { transaction } from "#lib/db/client.ts";
import { findSession } from "#lib/db/sessions.ts";

/** Minutes before the end at which the owner is warned; only those that a session is longer than. */
export const warningMinutes = (session: { readonly startsAt: Millis; readonly endsAt: Millis }): number[] =>
  [10, 2].filter((minutes) => session.endsAt - session.startsAt > minutes * 60_000);

/** Tells the owner that the session ends in `minutes`; once, and only while it runs. */
export async function warnSession({
  sessionId,
  minutes,
  now,
}: {
  sessionId: string;
  minutes: number;
  now: Millis;
}): Promise<void> {
  const session = await findSession(sessionId);
  // A worker that was away comes late: what it would say is no longer true.
  const isLate = session !== null && session.endsAt - now < (minutes - 1) * 60_000;
  // It was extended meanwhile: there is another warning at its new end.
  const isEarly = session !== null && session.endsAt - now > minutes * 60_000 + 1000;
  if (!session || !isLive(session.phase) || isLate || isEarly) return;
  const why = `Ends in ${minutes} minutes.`;
  const all = await sessionHistory(sessionId);
  const changed = all.findLastIndex(({ event }) => event === "EXTENDED" || event === "SHORTENED");
  const history = all.slice(changed + 1);
  if (history.some((event) => event.event === "WARNED" && event.why === why)) return;
  await transaction((client) => recordEvent(client, sessionId, { event: "WARNED", who: "meridian", why, now }));
}
