import { Client } from "pg";
import { database } from "./client.ts";

/**
 * Lets one task at a time work on a session, in however many workers. The lock is the database's own (an advisory lock of
 * one connection), so a worker that is killed loses it at once and nothing has to be cleaned up.
 */
export class SessionLocks {
  readonly #client: Client;
  /** The database lets one connection take its own lock again: within this process we look here. */
  readonly #held = new Set<string>();

  private constructor(client: Client) {
    this.#client = client;
  }

  /** Opens the connection that holds the locks. `onLost` is called when it breaks: the locks are gone then. */
  static async open(onLost: (error: Error) => void): Promise<SessionLocks> {
    const client = new Client({ connectionString: database().url, application_name: "meridian locks" });
    client.on("error", onLost);
    await client.connect();
    return new SessionLocks(client);
  }

  /** Runs `work` while holding the session's lock; returns false at once when somebody else holds it. */
  async whileHolding(sessionId: string, work: () => Promise<void>): Promise<boolean> {
    if (this.#held.has(sessionId)) return false;
    this.#held.add(sessionId);
    try {
      const { rows } = await this.#client.query("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked", [
        sessionId,
      ]);
      if (!rows[0].locked) return false;
      try {
        await work();
      } finally {
        await this.#client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [sessionId]);
      }
      return true;
    } finally {
      this.#held.delete(sessionId);
    }
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
