import { eventStream } from "#app/api/event-stream.ts";
import { unauthenticated } from "#lib/api/problem.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { watchChanges } from "#lib/broker/watch-changes.ts";

export const dynamic = "force-dynamic";

/** A stream of server-sent events: `change` whenever something the person may see has changed. */
export async function GET(request: Request): Promise<Response> {
  const person = await currentPerson();
  if (!person) return unauthenticated();
  return eventStream(request, (send) =>
    watchChanges(person.id, (notice) => send(`event: change\ndata: ${JSON.stringify(notice)}\n\n`)),
  );
}
