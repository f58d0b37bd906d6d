import { ok, refused } from "#app/api/broker/answer.ts";
import { sessionToSee } from "#app/api/broker/found.ts";
import { handle } from "#app/api/broker/handle.ts";
import { handlePost } from "#app/api/broker/handle-post.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { updateSession } from "#app/api/broker/update-session.ts";
import { showSession } from "#lib/api/broker/show-session.ts";
import { readWire } from "#lib/api/broker/wire.ts";

/** A session, or an offer. */
export const GET = handle("read", async (call) => {
  const found = await sessionToSee(call);
  return found.ok ? ok("AbstractExecutionSession", showSession(found.value, call.looking)) : refused(found.error);
});

/** Changes it: accept, reject, cancel, extend, shorten. */
export const POST = handlePost({
  operation: "update",
  read: (request) => readWire(request, "AbstractUpdate"),
  work: async (call, body) => {
    const updated = await updateSession(call, body);
    return updated.ok ? ok("AbstractExecutionSession", updated.value) : refused(updated.error);
  },
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET, POST");
