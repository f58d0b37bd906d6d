import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Answer, Order } from "./orders.ts";

/** A load process that is started and waits for orders. */
export interface LoadProcess {
  tell(order: Order): Promise<Answer>;
  end(): Promise<void>;
}

/** Starts a process on the database at `url` with as many connections as it will have clients. */
export async function startLoadProcess(url: string, connections: number): Promise<LoadProcess> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", path.join(import.meta.dirname, "load-worker.ts")],
    {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, DATABASE_URL: url, MERIDIAN_DATABASE_CONNECTIONS: String(connections) },
    },
  );
  await message(child);
  return {
    async tell(order) {
      const answer = message<Answer | { trouble: string }>(child);
      child.send(order);
      const said = await answer;
      if ("trouble" in said) throw new Error(`a load process: ${said.trouble}`);
      return said;
    },
    async end() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

async function message<T = unknown>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const exited = once(child, "exit", { signal: over.signal }).then(() => {
    throw new Error("a load process ended by itself");
  });
  const said = once(child, "message", { signal: over.signal }).then(([value]) => value as T);
  try {
    return await Promise.race([said, exited]);
  } finally {
    over.abort();
    exited.catch(() => undefined);
    said.catch(() => undefined);
  }
}

/** What was done in a second. */
export const rateOf = ({ done, began, ended }: Answer): number => (done / (ended - began)) * 1000;
