import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { answerAdmin } from "./admin-requests.ts";
import { type Answer, page, text, unexpected } from "./answer.ts";
import { answerCadc } from "./cadc-requests.ts";
import { resourceCaps } from "./capabilities.ts";
import { answerOidc } from "./oidc-requests.ts";
import { bodyOf, urlOf } from "./parameters.ts";
import { proxy, proxyUpgrade } from "./proxy.ts";
import { logRequest } from "./request-log.ts";
import { findPage } from "./session-pages.ts";
import { answerSkaha } from "./skaha-requests.ts";
import type { World } from "./world.ts";

export interface Serving {
  readonly world: World;
  /** Whether Jupyter has JupyterLab; null without Jupyter. */
  readonly hasLab: boolean | null;
  /** Brings programs and sessions to what the time says. */
  readonly follow: () => void;
  readonly reset: () => Promise<void>;
}

/** One request of any part: routed, answered, written down. */
export async function serveRequest(serving: Serving, request: IncomingMessage, response: ServerResponse) {
  const { world } = serving;
  const url = urlOf(request);
  serving.follow();
  if (url.pathname.startsWith("/session/")) {
    const logged = logRequest(world, request, "");
    const found = findPage(world, request, url, serving.hasLab);
    if (typeof found === "number")
      return proxy(found, request, response, (status) => {
        logged.status = status;
      });
    request.resume();
    logged.status = found.status;
    return write(world, request, response, found);
  }
  let answered: Answer;
  try {
    const body = await bodyOf(request);
    const isLogged = !url.pathname.startsWith("/admin");
    const logged = isLogged ? logRequest(world, request, body.toString("utf8")) : null;
    answered = await route(serving, request, url, body);
    if (logged) logged.status = answered.wire ? null : answered.status;
  } catch (error) {
    answered = unexpected(error instanceof Error ? error.message : String(error));
  }
  serving.follow();
  write(world, request, response, answered);
}

async function route(serving: Serving, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
  const { world, reset } = serving;
  switch (url.pathname.split("/")[1]) {
    case "":
      return page(
        200,
        "The Skaha simulator",
        '<p><a href="/skaha">/skaha</a>, /oidc, /ac, /cred, /reg, /session, /admin</p>',
      );
    case "skaha":
      return await answerSkaha(world, request, url, body);
    case "oidc":
      return await answerOidc(world, request, url, body);
    case "ac":
    case "cred":
      return await answerCadc(world, request, url, body);
    case "admin":
      return await answerAdmin(world, request, url, body, reset);
    case "reg":
      return url.pathname === "/reg/resource-caps" ? resourceCaps(world) : text(404, "not found");
    default:
      return text(404, "not found");
  }
}

function write(world: World, request: IncomingMessage, response: ServerResponse, answered: Answer): void {
  const { status, headers, body, wire } = answered;
  if (wire === "hang") return;
  if (wire === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  response.setHeader("date", new Date(world.clock.shown()).toUTCString());
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  const bytes = Buffer.from(body);
  response.end(request.method === "HEAD" ? "" : wire === "half" ? bytes.subarray(0, bytes.length / 2) : bytes);
}

/** A WebSocket goes to the session's Jupyter; there is nothing else to talk to. */
export function serveUpgrade(serving: Serving, request: IncomingMessage, socket: Duplex, head: Buffer): Duplex | null {
  serving.follow();
  const url = urlOf(request);
  const found = findPage(serving.world, request, url, serving.hasLab);
  if (typeof found === "number") return proxyUpgrade(found, request, socket, head);
  socket.once("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${found.status === 502 ? "502 Bad Gateway" : "404 Not Found"}\r\nconnection: close\r\n\r\n`);
  return null;
}
