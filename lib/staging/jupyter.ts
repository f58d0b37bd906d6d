import { rootCertificates } from "node:tls";
import { Agent, fetch, WebSocket } from "undici";
import { readSessionAddress } from "./session-address.ts";
import { StagingTrouble } from "./staging-trouble.ts";

/** A session's Jupyter, as its owner's browser talks to it. */
export interface Jupyter {
  /** Sends `body` as JSON to what is at `path`, such as `api/kernels`, and returns the answer. Throws what `fetch` throws. */
  call(method: string, path: string, body?: unknown): ReturnType<typeof fetch>;
  /** A WebSocket that is open. Throws {@link StagingTrouble} when there will be none. */
  connect(path: string): Promise<WebSocket>;
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
  });
  const sockets: WebSocket[] = [];
  try {
    return await work({
      call: (method, path, body) =>
        fetch(new URL(path, base), {
          method,
          headers: { ...headers, "content-type": "application/json" },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          redirect: "manual",
          signal,
          dispatcher,
        }),
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
