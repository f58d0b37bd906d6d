import { createServer } from "node:net";

/** Whether a server may listen on this port of 127.0.0.1 now. */
export const isFree = async (port: number) => port > 0 && port < 65536 && (await listen(port)) !== null;

export async function freePort(): Promise<number> {
  const port = await listen(0);
  if (port === null) throw new Error("No port is free on 127.0.0.1.");
  return port;
}

function listen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? null) : null));
    });
  });
}
