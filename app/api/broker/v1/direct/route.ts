import { refused } from "#app/api/broker/answer.ts";
import { messagesOfNo, toAsk } from "#app/api/broker/ask.ts";
import { handlePost } from "#app/api/broker/handle-post.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { showRefusal } from "#lib/api/broker/show-offer-set.ts";
import { showSession } from "#lib/api/broker/show-session.ts";
import { readWire } from "#lib/api/broker/wire.ts";
import { readAnySession } from "#lib/broker/read-answers.ts";
import { runDirectly } from "#lib/broker/run-directly.ts";

/** Books the best there is without offers. A NO is a session that FAILED before it began, with the reasons. */
export const POST = handlePost({
  operation: "direct",
  read: (request) => readWire(request, "ExecutionRequest"),
  work: async (call, body, key) => {
    const { caller, looking, now } = call;
    const read = await toAsk(call, body);
    if (!read.ok) return refused(read.error);
    const { asked, tries } = read.value;
    const result = await runDirectly({ tries, user: caller.person, key, now });
    if (!result.ok) {
      const messages = messagesOfNo(read.value, result.error);
      const session = showRefusal(messages, asked.request.meta?.name, now);
      return { status: 400, schema: "AbstractExecutionSession", body: session };
    }
    const session = await readAnySession(result.value.sessionId);
    if (!session) throw new Error(`the session ${result.value.sessionId} is gone`);
    const location = `${looking.baseUrl}/sessions/${session.id}`;
    return { status: 303, location, schema: "AbstractExecutionSession", body: showSession(session, looking) };
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
