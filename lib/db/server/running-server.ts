import { rm } from "node:fs/promises";
import { type Cluster, clusterUrl } from "./cluster.ts";
import { runningPostmaster, stopPostmaster } from "./postmaster.ts";

/** A PostgreSQL server that takes connections. */
export interface RunningServer {
  readonly url: string;
  readonly version: string;
  readonly pid: number;
  readonly port: number;
  /** PostgreSQL's own data folder. */
  readonly cluster: string;
  /** It was running already: left behind by a Meridian that was killed. */
  readonly adopted: boolean;
  isRunning(): boolean;
  /** Ends it, whoever started it. `hard` does not wait for its sessions. Harmless to repeat. */
  stop(how?: "orderly" | "hard"): Promise<void>;
  /** Ends it and deletes the data. */
  discard(): Promise<void>;
}

/** `rooms`: the folders that `discard` deletes. */
export function runningServer(
  { folder, password }: Pick<Cluster, "folder" | "password">,
  { port, version, adopted, rooms }: { port: number; version: string; adopted: boolean; rooms: readonly string[] },
): RunningServer {
  const pid = runningPostmaster(folder)?.pid ?? 0;
  return {
    url: clusterUrl(password, port),
    version,
    pid,
    port,
    cluster: folder,
    adopted,
    isRunning: () => runningPostmaster(folder)?.pid === pid,
    stop: (how) => stopPostmaster(folder, how),
    discard: async () => {
      await stopPostmaster(folder, "hard");
      for (const room of rooms) await rm(room, { recursive: true, force: true });
    },
  };
}
