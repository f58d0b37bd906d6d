import { sessionToSee } from "#app/api/broker/found.ts";
import { handleStream } from "#app/api/broker/handle.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { eventStream } from "#app/api/event-stream.ts";
import { shownPhase } from "#lib/api/broker/shown-session.ts";
import { problemResponse } from "#lib/api/broker/wire.ts";
import { isOver } from "#lib/booking/phase.ts";
import { readAnySession, type StoredSession } from "#lib/broker/read-answers.ts";
import { watchChanges } from "#lib/broker/watch-changes.ts";

export const dynamic = "force-dynamic";

/** Server-sent events of one session: its phase at once, and whenever it has changed, until it is over. */
export const GET = handleStream("read", async (call) => {
  const found = await sessionToSee(call);
  if (!found.ok) return problemResponse(found.error, call.request.headers.get("accept"));
  const { id, user } = found.value;
  return eventStream(call.request, (send, end) => {
    let said = "";
    const tell = (session: StoredSession) => {
      const phase = shownPhase(session, Date.now());
      const event = { uuid: id, phase, modified: new Date(session.phaseSince).toISOString() };
      const data = JSON.stringify({ ...event, endsAt: session.endsAt, note: session.note });
      if (data !== said) send(`event: session\ndata: ${JSON.stringify(event)}\n\n`);
      said = data;
      if (isOver(phase)) end();
    };
    tell(found.value);
    return watchChanges(user.id, (notice) => {
      if (notice.kind === "session" && notice.id !== id) return;
      readAnySession(id).then((session) => (session ? tell(session) : end()), end);
    });
  });
});

export const { POST, PUT, PATCH, DELETE } = notAllowed("GET");
