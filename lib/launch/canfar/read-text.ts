import { type Agent, fetch, type Response } from "undici";
import { errorCode, isTimeOut } from "#lib/error-code.ts";
import { isLoopback } from "#lib/is-loopback.ts";
import { withinTime } from "#lib/time-limit.ts";
import { withConnections } from "./acting.ts";

/** Nothing that a platform publishes about itself is larger. */
const MOST_BYTES = 1024 ** 2;
const MOST_REDIRECTS = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** An address did not give a text. The message goes on after “it …”; `mayPass`: worth asking again later. */
export class AnswerError extends Error {
  readonly mayPass: boolean;
  constructor(message: string, { mayPass, cause }: { mayPass: boolean; cause?: unknown }) {
    super(message, { cause });
    this.name = "AnswerError";
    this.mayPass = mayPass;
  }
}

/** What is read on the way to a credential's destination is read over TLS; on this machine itself nobody listens. */
export const isSafe = (url: URL): boolean =>
  url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));

/**
 * The text at a public address, asked without any credential: at most 1 MiB, after at most five redirects, all of them to
 * https (or to this machine), within `timeoutMs` altogether. Throws {@link AnswerError} for trouble, for an answer other than
 * success and for a web page (which is what a proxy has to say); the signal's reason when it aborts. `ca`: the only authority that is
 * trusted, instead of those that everybody trusts.
 */
export async function readText(url: URL, timeoutMs: number, signal: AbortSignal, ca?: string): Promise<string> {
  return await withinTime(signal, timeoutMs, (limit) =>
    withConnections(ca === undefined ? null : { ca }, async (dispatcher) => {
      const response = await follow(url, limit, dispatcher);
      if (!response.ok) {
        await response.body?.cancel();
        throw new AnswerError(`answered HTTP ${response.status}`, { mayPass: response.status >= 500 });
      }
      const text = await bounded(response);
      if (/^\s*<(!doctype\s+html|html)\b/i.test(text)) throw new AnswerError("answered a web page", { mayPass: true });
      return text;
    }),
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error instanceof AnswerError ? error : noAnswer(error, timeoutMs);
  });
}

/** Follows redirects itself, as every address on the way has to be safe, not only the last one. */
async function follow(first: URL, signal: AbortSignal, dispatcher: Agent | undefined): Promise<Response> {
  let url = first;
  for (let redirected = 0; redirected <= MOST_REDIRECTS; redirected++) {
    if (!isSafe(url)) throw new AnswerError(`is not at an https address (${url.origin})`, { mayPass: false });
    const response = await fetch(url, { redirect: "manual", signal, dispatcher });
    const next = redirects.has(response.status) ? response.headers.get("location") : null;
    if (next === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(next, url)) throw new AnswerError("redirects to what is no address", { mayPass: false });
    url = new URL(next, url);
  }
  throw new AnswerError(`redirects more than ${MOST_REDIRECTS} times`, { mayPass: false });
}

async function bounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > MOST_BYTES)
      throw new AnswerError(`answered more than ${MOST_BYTES / 1024 ** 2} MiB`, { mayPass: false });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function noAnswer(error: unknown, timeoutMs: number): AnswerError {
  if (isTimeOut(error)) {
    return new AnswerError(`did not answer within ${timeoutMs} ms`, { mayPass: true, cause: error });
  }
  const code = errorCode(error) ?? "no answer";
  return new AnswerError(`cannot be reached (${code})`, { mayPass: true, cause: error });
}
