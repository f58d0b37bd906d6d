import { Client } from "pg";
import { database } from "./client.ts";

/** Something changed: whose session it was. The ledger changes with it. */
export interface Change {
  readonly session: string;
  readonly user: string;
}

type Listener = (change: Change | "reconnected") => void;

/** One listening connection a process, however many pages look. */
const kept = globalThis as typeof globalThis & { meridianChanges?: Changes };

class Changes {
  readonly #listeners = new Set<Listener>();
  #client: Client | null = null;

  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#client) this.#connect();
    return () => this.#listeners.delete(listener);
  }

  #connect(): void {
    const client = new Client({ connectionString: database().url, application_name: "meridian changes" });
    this.#client = client;
    client.on("notification", ({ payload }) => this.#tell(JSON.parse(payload ?? "{}")));
    client.on("error", (error) => this.#again(client, error));
    client.on("end", () => this.#again(client));
    client
      .connect()
      .then(() => client.query("LISTEN meridian"))
      // What happened meanwhile is unknown: whoever looks has to look again.
      .then(() => this.#tell("reconnected"))
      .catch((error) => this.#again(client, error));
  }

  #again(client: Client, error?: Error): void {
    if (this.#client !== client) return;
    this.#client = null;
    if (error) console.error(`lost the database's notices: ${error.message}`);
    if (this.#listeners.size > 0) setTimeout(() => this.#client ?? this.#connect(), 1000).unref();
  }

  #tell(change: Change | "reconnected"): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Calls `listener` at every change of a session, until the returned function is called. */
export function onChange(listener: Listener): () => void {
  kept.meridianChanges ??= new Changes();
  return kept.meridianChanges.add(listener);
}
