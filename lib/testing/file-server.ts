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
 * `/short` (less than it says), `/endless` (does not say how much it is), `/flood` (the same, and sends without end), `/packed` (encoded),
 * `/longest` (says that it is longer than anything), and `/ftp`, `/local` and `/round` (lead where nobody should follow, with the query
 * that they were asked with); everything else is not found.
 */
export async function startFileServer(files: Readonly<Record<string, string | Buffer>>): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    const [path = "", query = ""] = url.split("?");
    asked.push(path);
    const file = files[path];
    if (file !== undefined) return response.end(file);
    if (path === "/silent") return;
    if (path === "/busy") return response.writeHead(503).end();
    if (path === "/endless") return response.write("the beginning");
    if (path === "/flood") {
      const more = () => {
        while (response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      return more();
    }
    if (path === "/packed" || path === "/packed.fits.gz")
      return response.writeHead(200, { "content-encoding": "gzip" }).end("packed");
    if (path === "/longest") return response.writeHead(200, { "content-length": "9".repeat(20) }).write("x");
    const leads = { "/ftp": "ftp://127.0.0.1/x", "/local": "file:///etc/hostname", "/round": "/round" }[path];
    if (leads !== undefined) return response.writeHead(302, { location: `${leads}?${query}` }).end();
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
