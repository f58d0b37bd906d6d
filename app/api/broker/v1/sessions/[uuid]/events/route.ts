import { sessionToSee } from "#app/api/broker/found.ts";
import { admit } from "#app/api/broker/handle.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { eventStream } from "#app/api/event-stream.ts";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { modifiedAt, nextTurn, shownPhase } from "#lib/api/broker/shown-session.ts";
import { problemResponse } from "#lib/api/broker/wire.ts";
import { callerOf } from "#lib/auth/caller.ts";
import { isOver } from "#lib/booking/phase.ts";
import { readAnySession, type StoredSession } from "#lib/broker/read-answers.ts";
import { watchOwnChanges } from "#lib/broker/watch-changes.ts";

export const dynamic = "force-dynamic";

/** So many streams somebody may have at once, on each web server. */
const MOST_STREAMS = 20;
const streams = new Map<string, number>();
const count = (userId: string, by: 1 | -1) => {
  const open = (streams.get(userId) ?? 0) + by;
  if (open > 0) streams.set(userId, open);
  else streams.delete(userId);
};

/** A stream ends after this; whoever still follows connects again, with a token that is still good. */
const LONGEST_MS = 15 * 60_000;

/** Server-sent events of one session: its phase at once, and whenever something of it has changed, until it is over. */
export const GET = admit("read", async (call) => {
  const found = await sessionToSee(call);
  if (!found.ok) return problemResponse(found.error, call.request);
  const { id, user } = found.value;
  const caller = call.caller.person.id;
  if ((streams.get(caller) ?? 0) >= MOST_STREAMS) {
    const problem = problemOf(429, `You follow ${MOST_STREAMS} sessions already. Close one of the streams first.`);
    return problemResponse(problem, call.request, { "retry-after": "60" });
  }
  return eventStream(call.request, (send, end) => {
    let said = "";
    let turn: NodeJS.Timeout | undefined;
    let isClosed = false;
    const tell = (session: StoredSession | null) => {
      if (!session) return end();
      const now = Date.now();
      const phase = shownPhase(session, now);
      const event = { uuid: id, phase, modified: new Date(modifiedAt(session, now)).toISOString() };
      const seen = JSON.stringify({
        ...event,
        endsAt: session.endsAt,
        note: session.note,
        connector: session.connector,
      });
      if (seen !== said) send(`event: session\ndata: ${JSON.stringify(event)}\n\n`);
      said = seen;
      if (isOver(phase)) return end();
      // Nobody announces what the clock does.
      const at = nextTurn(session, now);
      clearTimeout(turn);
      if (!isClosed && at !== null && at - now < LONGEST_MS) turn = setTimeout(read, at - now + 1);
    };
    // One reading at a time, so that what is older is never told last; what changes meanwhile is read again.
    let isReading = false;
    let isStale = false;
    const read = () => {
      isStale = true;
      if (isReading) return;
      isReading = true;
      void (async () => {
        while (isStale) {
          isStale = false;
          // A token may be withdrawn while a stream is open, and nobody is to hear more by it.
          const known = await callerOf(call.request, Date.now());
          if (!known.ok) return end();
          tell(await readAnySession(id));
        }
      })()
        .catch((error: unknown) => {
          console.error(error);
          end();
        })
        .finally(() => {
          isReading = false;
        });
    };
    const unwatch = watchOwnChanges(user.id, read);
    const last = setTimeout(end, LONGEST_MS);
    count(caller, 1);
    read();
    return () => {
      isClosed = true;
      count(caller, -1);
      unwatch();
      clearTimeout(last);
      clearTimeout(turn);
    };
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
