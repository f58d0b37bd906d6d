import type { IncomingMessage, RequestListener, Server } from "node:http";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Authority } from "./certificate-authority.ts";

const HOUR_MS = 3_600_000;
const YEARS_MS = 5 * 365 * 24 * HOUR_MS;

interface Answering {
  readonly request: RequestListener;
  /** Returns the connection that it is passed on to; null when it is ended. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => Duplex | null;
}

export interface Listeners {
  readonly port: number;
  readonly tlsPort: number;
  /** How many connections are open with TLS. */
  readonly tlsConnections: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * Listens on 127.0.0.1: on `port` (0: any free one) in the clear, and on a free one with TLS, where a client is asked for a
 * certificate. Any certificate may connect: what it is worth is judged with the request, by the platform's clock.
 */
export async function startListeners(authority: Authority, port: number, answering: Answering): Promise<Listeners> {
  const now = Date.now();
  const wanted = { name: "127.0.0.1", from: now - HOUR_MS, until: now + YEARS_MS, isServer: true };
  const { certificate: cert, key } = await authority.issue(wanted);
  const plain = http.createServer();
  const secure = https.createServer({
    cert,
    key,
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: false,
  });
  const upgraded = new Set<Duplex>();
  for (const server of [plain, secure]) {
    server.on("request", answering.request);
    server.on("upgrade", (request, socket, head) => {
      const onward = answering.upgrade(request, socket, head);
      for (const one of onward ? [socket, onward] : []) {
        upgraded.add(one);
        one.once("close", () => upgraded.delete(one));
      }
    });
  }
  const close = async () => {
    for (const socket of upgraded) socket.destroy();
    await Promise.all([plain, secure].filter((server) => server.listening).map(closeServer));
  };
  try {
    return {
      port: await listen(plain, port),
      tlsPort: await listen(secure, 0),
      tlsConnections: () =>
        new Promise((resolve, reject) =>
          secure.getConnections((error, count) => (error ? reject(error) : resolve(count))),
        ),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

const closeServer = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
