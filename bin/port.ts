import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";

/** Why nothing can listen on `host:port`, as a sentence; null when it can. */
export async function portTrouble(host: string, port: number): Promise<string | null> {
  const code = await tryToListen(host, port);
  if (code === null) return null;
  if (code === "EADDRINUSE")
    return `Port ${port} is taken by ${ownerInWords(portOwner(port))}. Choose another: PORT=${port + 1} npm start`;
  if (code === "EACCES")
    return `Port ${port} needs rights that this user does not have. Choose one above 1023, for example PORT=3000.`;
  return `HOST=${host} is not an address of this machine (${code}). The usual one is 127.0.0.1; 0.0.0.0 is all of them.`;
}

function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

export interface Owner {
  readonly pid: number;
  readonly command: string;
}

const ownerInWords = (owner: Owner | null) =>
  owner ? `process ${owner.pid} (${owner.command})` : "another program (which one could not be found out)";

/** Who listens on this TCP port, from /proc; null when that cannot be found out (no Linux, or another user's process). */
export function portOwner(port: number): Owner | null {
  const sockets = new Set([...listening("/proc/net/tcp", port), ...listening("/proc/net/tcp6", port)]);
  if (sockets.size === 0) return null;
  for (const name of readdirSync("/proc")) {
    if (/^\d+$/.test(name) && holds(name, sockets)) return { pid: Number(name), command: commandOf(name) };
  }
  return null;
}

/** The sockets, as `socket:[inode]`, that listen on the port. */
function listening(table: string, port: number): string[] {
  let text: string;
  try {
    text = readFileSync(table, "utf8");
  } catch {
    return [];
  }
  const LISTEN = "0A";
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  return text.split("\n").flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === LISTEN && local?.endsWith(`:${hexPort}`) ? [`socket:[${inode}]`] : [];
  });
}

function holds(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false; // closed meanwhile
      }
    });
  } catch {
    return false; // gone, or not ours to look into
  }
}

function commandOf(pid: string): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return command.length > 80 ? `${command.slice(0, 79)}…` : command || "unnamed";
  } catch {
    return "unnamed";
  }
}
