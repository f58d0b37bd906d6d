import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of files on this machine. */
export interface FileServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves `files` by their paths, and beside them `/busy` (503), `/silent` (no answer at all), `/stuck` (stops in the middle),
 * `/short` (less than it says) and `/endless` (does not say how much it is); everything else is not found.
 */
export async function startFileServer(files: Readonly<Record<string, string | Buffer>>): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    const path = url.split("?")[0] ?? "";
    asked.push(path);
    const file = files[path];
    if (file !== undefined) return response.end(file);
    if (path === "/silent") return;
    if (path === "/busy") return response.writeHead(503).end();
    if (path === "/endless") return response.write("the beginning");
    if (path === "/stuck" || path === "/short") {
      response.writeHead(200, { "content-length": "1000" });
      return response.write("half a file", () => path === "/short" && response.destroy());
    }
    return response.writeHead(404).end("<p>Not here.</p>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
