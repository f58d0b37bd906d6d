import { readUpdate } from "#lib/api/broker/read-update.ts";
import { messageItems } from "#lib/api/broker/show-messages.ts";
import { showSession } from "#lib/api/broker/show-session.ts";
import type { ProblemDetails } from "#lib/api/standard/extensions.ts";
import type { Message } from "#lib/api/standard/message.ts";
import type { ScheduledSession } from "#lib/api/standard/sessions.ts";
import { type Result, yes } from "#lib/booking/refusal.ts";
import { changeSession } from "./change-session.ts";
import { notYours, sessionToSee } from "./found.ts";
import type { Call } from "./handle.ts";

/** Does what an update says to the session of the address, and shows it as it is then. Only its owner may, whoever may look at it. */
export async function updateSession(call: Call, body: unknown): Promise<Result<ScheduledSession, ProblemDetails>> {
  const found = await sessionToSee(call);
  if (!found.ok) return found;
  if (found.value.user.id !== call.caller.person.id) return { ok: false, error: notYours("session") };
  const read = readUpdate(body, call.uuid, call.now);
  if (!read.ok) return read;
  const changed = await changeSession(found.value, read.value, call);
  if (!changed.ok) return changed;
  const now = await sessionToSee(call);
  return now.ok ? yes(withNotes(showSession(now.value, call.looking), read.notes, call.now)) : now;
}

/** What is to be said of an update stands in the answer to it, and nowhere else. */
function withNotes(session: ScheduledSession, notes: readonly Message[], now: number): ScheduledSession {
  if (notes.length === 0) return session;
  const { meta, ...others } = session;
  return { ...others, meta: { ...meta, messages: [...(meta?.messages ?? []), ...messageItems(notes, now)] } };
}
