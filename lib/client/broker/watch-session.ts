import { EventSourceParserStream } from "eventsource-parser/stream";
import { isOver } from "#lib/booking/phase.ts";
import { BrokerProblem } from "./broker-problem.ts";
import { BrokerUnreachable } from "./broker-unreachable.ts";
import type { AbstractExecutionSession } from "./generated/schema.d.ts";
import type { Read } from "./reads.ts";
import type { Send } from "./send.ts";

export interface Watching {
  readonly send: Send;
  readonly uuid: string;
  /** Reads the session; null where it is still that of the etag. */
  readonly read: (etag?: string) => Promise<Read<AbstractExecutionSession> | null>;
  readonly signal: AbortSignal;
  /** How long to wait before asking again where there are no events. */
  readonly pollMs?: number;
  /** A stream that says nothing for so long is opened anew. */
  readonly silenceMs?: number;
}

const POLL_MS = 3_000;
const SILENCE_MS = 60_000;
/** A broker that has no events says so with one of these. */
const noEvents: readonly number[] = [404, 405, 406, 501];

/**
 * A session each time it changed, beginning with what it is now, and ending when it is over. It listens to the session's events;
 * where a broker has none, it asks again and again. An outage is waited for, once the session has been read.
 *
 * Throws what `read` throws at its first time, BrokerProblem where the session may not be read any more, and the signal's
 * reason when it aborts.
 */
export async function* watchSession({
  send,
  uuid,
  read,
  signal,
  pollMs = POLL_MS,
  silenceMs = SILENCE_MS,
}: Watching): AsyncGenerator<AbstractExecutionSession, void, undefined> {
  const first = await read();
  if (!first) return;
  let known = first;
  yield known.value;
  if (over(known.value)) return;
  for await (const _ of occasions(send, uuid, { signal, pollMs, silenceMs })) {
    const news = await read(known.etag ?? undefined).catch((error) => {
      if (isPassing(error)) return null;
      throw error;
    });
    if (!news) continue;
    known = news;
    yield known.value;
    if (over(known.value)) return;
  }
}

const over = ({ phase }: AbstractExecutionSession) => phase !== undefined && isOver(phase);

const isPassing = (error: unknown): boolean =>
  error instanceof BrokerUnreachable ||
  (error instanceof BrokerProblem && (error.status === 429 || error.status >= 500));

type Pause = Required<Pick<Watching, "signal" | "pollMs" | "silenceMs">>;

/** When it is worth reading the session again. */
async function* occasions(send: Send, uuid: string, { signal, pollMs, silenceMs }: Pause) {
  let hasEvents = true;
  for (;;) {
    let waitMs = pollMs;
    try {
      if (hasEvents) yield* events(send, uuid, signal, silenceMs);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BrokerProblem && noEvents.includes(error.status)) hasEvents = false;
      else if (error instanceof BrokerProblem && !isPassing(error)) throw error;
      if (error instanceof BrokerProblem && error.retryAfterSeconds) waitMs = error.retryAfterSeconds * 1000;
    }
    await pause(waitMs, signal);
    yield;
  }
}

/** Once for each `session` event of the stream, until it ends. */
async function* events(send: Send, uuid: string, signal: AbortSignal, silenceMs: number) {
  const line = new AbortController();
  const hangUp = () => line.abort();
  let silence = setTimeout(hangUp, silenceMs);
  signal.addEventListener("abort", hangUp, { once: true });
  try {
    const accept = "text/event-stream";
    const { body, headers } = await send(`/sessions/${uuid}/events`, { accept, signal: line.signal });
    if (!body || !headers.get("content-type")?.startsWith(accept)) throw new BrokerProblem(501, {});
    const heard = new TransformStream<string, string>({
      transform(chunk, controller) {
        clearTimeout(silence);
        silence = setTimeout(hangUp, silenceMs);
        controller.enqueue(chunk);
      },
    });
    const stream = body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(heard)
      .pipeThrough(new EventSourceParserStream());
    for await (const { event } of stream) if (event === "session") yield;
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", hangUp);
    line.abort();
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
