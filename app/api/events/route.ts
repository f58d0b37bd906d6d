import { unauthenticated } from "#lib/api/problem.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { watchChanges } from "#lib/broker/watch-changes.ts";

export const dynamic = "force-dynamic";

const PING_EVERY_MS = 20_000;

/** A stream of server-sent events: `change` whenever something the person may see has changed. */
export async function GET(request: Request): Promise<Response> {
  const person = await currentPerson();
  if (!person) return unauthenticated();
  const encoder = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send("retry: 2000\n\n");
      const unwatch = watchChanges(person.id, (notice) => send(`event: change\ndata: ${JSON.stringify(notice)}\n\n`));
      const ping = setInterval(() => send(": ping\n\n"), PING_EVERY_MS);
      stop = () => {
        clearInterval(ping);
        unwatch();
      };
      request.signal.addEventListener("abort", () => {
        stop();
        controller.close();
      });
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}
