import { refused } from "#app/api/broker/answer.ts";
import { handle } from "#app/api/broker/handle.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { updateSession } from "#app/api/broker/update-session.ts";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { readText } from "#lib/api/media/read-text.ts";
import { kinds } from "#lib/api/standard/kinds.ts";

const MOST_BYTES = 100;

/** How the phase was changed in 2024: the word alone, as text. The answer leads to the session. */
export const POST = handle("book", async (call) => {
  const text = await readText(call.request, MOST_BYTES);
  if (!text.ok) return refused(problemOf(text.error.status, text.error.sentence));
  const update = { kind: kinds.updates.enumValue, path: "/phase", value: text.value.trim() };
  const updated = await updateSession(call, update);
  if (!updated.ok) return refused(updated.error);
  const location = `${call.looking.baseUrl}/sessions/${call.uuid}`;
  return { status: 303, location, schema: "AbstractExecutionSession", body: updated.value };
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
