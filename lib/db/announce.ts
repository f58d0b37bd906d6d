import { setTimeout as pause } from "node:timers/promises";
import type { Change } from "./changes.ts";
import { database } from "./client.ts";

let waiting = new Map<string, Change>();
let isSending = false;

/** A page that hears of a change this much later shows it as soon as anybody could see, in milliseconds. */
const BETWEEN_NOTICES = 20;

/**
 * Tells everybody who looks that something changed: at once, and what changes while a notice is under way or has just gone
 * goes with the next one. A notice takes a lock that all notices of the database share until their commit, so bookings leave it to this
 * moment after theirs. Should the process die in between, the worker's look at the audit tells of it.
 */
export function announce(changes: readonly Change[]): void {
  for (const change of changes) waiting.set(`${change.user} ${change.session}`, change);
  if (!isSending && waiting.size > 0) void send();
}

async function send(): Promise<void> {
  isSending = true;
  while (waiting.size > 0) {
    const now = [...waiting.values()].map((change) => JSON.stringify(change));
    waiting = new Map();
    await notify(now).catch((error: unknown) => {
      console.error(`a notice could not be sent: ${error instanceof Error ? error.message : error}`);
    });
    await pause(BETWEEN_NOTICES, undefined, { ref: false });
  }
  isSending = false;
}

/** Its commit need not wait for the disk: a server that stops before has nobody left to tell. */
async function notify(notices: readonly string[]): Promise<void> {
  await database().pool.query({
    name: "announce",
    text: `SELECT set_config('synchronous_commit', 'off', true), count(pg_notify('meridian', notice))
      FROM unnest($1::text[]) notice`,
    values: [notices],
  });
}
