import { ok, refused } from "#app/api/broker/answer.ts";
import { changeSession } from "#app/api/broker/change-session.ts";
import { notYours, sessionToSee } from "#app/api/broker/found.ts";
import { handle } from "#app/api/broker/handle.ts";
import { handlePost } from "#app/api/broker/handle-post.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { readUpdate } from "#lib/api/broker/read-update.ts";
import { messageItems } from "#lib/api/broker/show-messages.ts";
import { showSession } from "#lib/api/broker/show-session.ts";
import type { Message } from "#lib/api/standard/message.ts";
import type { ScheduledSession } from "#lib/api/standard/sessions.ts";

/** A session, or an offer. */
export const GET = handle("read", async (call) => {
  const found = await sessionToSee(call);
  return found.ok ? ok("AbstractExecutionSession", showSession(found.value, call.looking)) : refused(found.error);
});

/** Changes it: accept, reject, cancel, extend, shorten. Only its owner may, whoever may look at it. */
export const POST = handlePost("AbstractUpdate", async (call, body) => {
  const found = await sessionToSee(call);
  if (!found.ok) return refused(found.error);
  if (found.value.user.id !== call.caller.person.id) return refused(notYours("session"));
  const read = readUpdate(body, call.uuid);
  if (!read.ok) return refused(read.error);
  const changed = await changeSession(found.value, read.value, call);
  if (!changed.ok) return refused(changed.error);
  const now = await sessionToSee(call);
  return now.ok
    ? ok("AbstractExecutionSession", withNotes(showSession(now.value, call.looking), read.notes, call.now))
    : refused(now.error);
});

/** What is to be said of an update stands in the answer to it, and nowhere else. */
function withNotes({ meta, ...session }: ScheduledSession, notes: readonly Message[], now: number): ScheduledSession {
  if (notes.length === 0) return { meta, ...session };
  return { ...session, meta: { ...meta, messages: [...(meta?.messages ?? []), ...messageItems(notes, now)] } };
}

export const { PUT, PATCH, DELETE } = notAllowed("GET, POST");
