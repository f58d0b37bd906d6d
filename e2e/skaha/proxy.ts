import http, { type IncomingMessage, type ServerResponse } from "node:http";
import net, { type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** Passes a request on to a server on this machine; 502 while it does not answer. */
export function proxy(
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
  done: (status: number) => void,
): void {
  const { method, url: path, headers } = request;
  const onward = http.request({ host: "127.0.0.1", port, method, path, headers, agent: false });
  onward.once("response", (answered) => {
    const status = answered.statusCode ?? 502;
    response.writeHead(status, answered.headers);
    answered.pipe(response);
    done(status);
  });
  onward.once("error", (error) => {
    if (response.headersSent) response.destroy(error);
    else response.writeHead(502, { "content-type": "text/plain" }).end("Bad Gateway\n");
    done(502);
  });
  response.once("close", () => onward.destroy());
  request.pipe(onward);
}

/** Passes a WebSocket on, byte by byte. */
export function proxyUpgrade(port: number, request: IncomingMessage, socket: Duplex, head: Buffer): Socket {
  const onward = net.connect(port, "127.0.0.1", () => {
    const lines = request.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ""}`] : [],
    );
    onward.write(`${[`${request.method} ${request.url} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  // Whichever side breaks, the other one is told.
  onward.once("error", () => socket.destroy());
  socket.once("error", () => onward.destroy());
  socket.once("close", () => onward.destroy());
  return onward;
}
