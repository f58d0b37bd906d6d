import { rootCertificates } from "node:tls";
import { Agent, fetch, type Response, WebSocket } from "undici";
import { readSessionAddress } from "./session-address.ts";
import { StagingTrouble } from "./staging-trouble.ts";

/** Larger answers of a session are not read: what calls itself Jupyter there is whatever its owner's image has. */
const MOST_ANSWER_BYTES = 1024 * 1024;
/** A kernel says again what it was given to run: the program and the list of what it brings, which may be as long as a request. */
const MOST_MESSAGE_BYTES = 8 * 1024 * 1024;

/** A session's Jupyter, as its owner's browser talks to it. */
export interface Jupyter {
  /**
   * Sends `body` as JSON to what is at `path`, such as `api/kernels`, and returns the answer. Throws what `fetch` throws, and
   * {@link StagingTrouble} for an answer of more than 1 MiB.
   */
  call(method: string, path: string, body?: unknown): Promise<JupyterAnswer>;
  /** A WebSocket that is open; a message of more than 8 MiB closes it. Throws {@link StagingTrouble} when there will be none. */
  connect(path: string): Promise<WebSocket>;
}

export interface JupyterAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Does `work` with the Jupyter whose owner enters with `open`, and ends its connections afterwards. `authorities`: certificates (PEM)
 * that are trusted beside those that everybody trusts.
 */
export async function withJupyter<T>(
  open: URL,
  { authorities, signal }: { readonly authorities?: string | undefined; readonly signal: AbortSignal },
  work: (jupyter: Jupyter) => Promise<T>,
): Promise<T> {
  const { base, token } = readSessionAddress(open);
  const headers = { authorization: `token ${token}` };
  const dispatcher = new Agent({
    connect: authorities === undefined ? {} : { ca: [...rootCertificates, authorities] },
    webSocket: { maxPayloadSize: MOST_MESSAGE_BYTES },
  });
  const sockets: WebSocket[] = [];
  try {
    return await work({
      call: async (method, path, body) => {
        const answer = await fetch(new URL(path, base), {
          method,
          headers: { ...headers, "content-type": "application/json" },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          redirect: "manual",
          signal,
          dispatcher,
        });
        return { status: answer.status, text: await textOf(answer) };
      },
      connect: (path) => {
        const address = new URL(path, base);
        address.protocol = base.protocol === "https:" ? "wss:" : "ws:";
        const socket = new WebSocket(address, { headers, dispatcher });
        sockets.push(socket);
        return opened(socket, signal);
      },
    });
  } finally {
    for (const socket of sockets) socket.close();
    await dispatcher.destroy();
  }
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > MOST_ANSWER_BYTES) throw new StagingTrouble("Its Jupyter answers more than 1 MiB.");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const opened = (socket: WebSocket, signal: AbortSignal): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    socket.addEventListener("open", () => {
      signal.removeEventListener("abort", abort);
      resolve(socket);
    });
    socket.addEventListener("error", () => {
      signal.removeEventListener("abort", abort);
      reject(new StagingTrouble("There is no connection to the kernel."));
    });
  });
