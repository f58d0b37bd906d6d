import { refused } from "#app/api/broker/answer.ts";
import { handlePost } from "#app/api/broker/handle-post.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { updateSession } from "#app/api/broker/update-session.ts";
import { readText } from "#lib/api/media/read-text.ts";
import { kinds } from "#lib/api/standard/kinds.ts";

const MOST_BYTES = 100;

/** How the phase was changed in 2024: the word alone, as text. The answer leads to the session. */
export const POST = handlePost({
  operation: "update",
  read: async (request) => {
    const text = await readText(request, MOST_BYTES);
    return text.ok
      ? { ok: true, value: { kind: kinds.updates.enumValue, path: "/phase", value: text.value.trim() } }
      : text;
  },
  work: async (call, update) => {
    const updated = await updateSession(call, update);
    if (!updated.ok) return refused(updated.error);
    const location = `${call.looking.baseUrl}/sessions/${call.uuid}`;
    return { status: 303, location, schema: "AbstractExecutionSession", body: updated.value };
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
