const PING_EVERY_MS = 20_000;

/**
 * A stream of server-sent events. `begin` is given what sends and what ends the stream, and returns what is to be stopped when it
 * ends, on either side.
 */
export function eventStream(
  request: Request,
  begin: (send: (text: string) => void, end: () => void) => () => void,
): Response {
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
  // Nobody reads what follows, so nothing would ever end it.
  if (request.method === "HEAD") return new Response(null, { headers });
  const encoder = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true;
      const send = (text: string) => {
        if (isOpen) controller.enqueue(encoder.encode(text));
      };
      const ping = setInterval(() => send(": ping\n\n"), PING_EVERY_MS);
      let unwatch: (() => void) | null = null;
      stop = () => {
        isOpen = false;
        clearInterval(ping);
        unwatch?.();
      };
      const end = () => {
        if (!isOpen) return;
        stop();
        controller.close();
      };
      request.signal.addEventListener("abort", end);
      if (request.signal.aborted) return end();
      send("retry: 2000\n\n");
      unwatch = begin(send, end);
      if (!isOpen) unwatch();
    },
    cancel: () => stop(),
  });
  return new Response(stream, { headers });
}
