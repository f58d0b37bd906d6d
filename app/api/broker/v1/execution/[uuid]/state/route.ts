import { refused } from "#app/api/broker/answer.ts";
import { changeSession } from "#app/api/broker/change-session.ts";
import { notYours, sessionToSee } from "#app/api/broker/found.ts";
import { handle } from "#app/api/broker/handle.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { readUpdate } from "#lib/api/broker/read-update.ts";
import { showSession } from "#lib/api/broker/show-session.ts";
import { readText } from "#lib/api/media/read-text.ts";
import { kinds } from "#lib/api/standard/kinds.ts";

const MOST_BYTES = 100;

/** How the phase was changed in 2024: the word alone, as text. The answer leads to the session. */
export const POST = handle("book", async (call) => {
  const found = await sessionToSee(call);
  if (!found.ok) return refused(found.error);
  if (found.value.user.id !== call.caller.person.id) return refused(notYours("session"));
  const text = await readText(call.request, MOST_BYTES);
  if (!text.ok) return refused(problemOf(text.error.status, text.error.sentence));
  const update = { kind: kinds.updates.enumValue, path: "/phase", value: text.value.trim() };
  const read = readUpdate(update, call.uuid);
  if (!read.ok) return refused(read.error);
  const changed = await changeSession(found.value, read.value, call);
  if (!changed.ok) return refused(changed.error);
  const now = await sessionToSee(call);
  if (!now.ok) return refused(now.error);
  const location = `${call.looking.baseUrl}/sessions/${call.uuid}`;
  return { status: 303, location, schema: "AbstractExecutionSession", body: showSession(now.value, call.looking) };
});

export const { GET, PUT, PATCH, DELETE } = notAllowed("POST");
