import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { requestOffers } from "#lib/broker/request-offers.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { Random } from "#lib/testing/random.ts";
import { BEGIN } from "./crowd.ts";
import type { Assignment, FromClients, ToClients } from "./messages.ts";
import { naiveRequestOffers } from "./naive.ts";
import { bookingOnly, operations } from "./operations.ts";
import { PACE_MS } from "./options.ts";
import { Memory } from "./turn.ts";

/** A process of clients: each does one operation after the other, all of them at once. Started by `run-race.ts`. */

const TELL_EVERY_MS = 500;
/** How many things a process remembers of each kind. */
const REMEMBERED = 150;
const MOST_TROUBLES = 5;

const tell = (message: FromClients) => process.send?.(message);
/** Without a race there is nobody to race for. */
const giveUp = () => process.exit(1);
process.once("disconnect", giveUp);

/** The operations that this process may do next, shared by its clients. */
let block = { next: 0, until: 0 };
let answered: (() => void) | null = null;
let asking: Promise<void> | null = null;

process.on("message", (message: ToClients) => {
  if (message.kind === "begin") return void race(message.race);
  block = { next: message.first, until: message.until };
  answered?.();
});

/** The number of the next operation; null when the race is over. */
async function nextOperation(): Promise<number | null> {
  while (block.next >= block.until) {
    asking ??= new Promise((resolve) => {
      answered = () => {
        asking = null;
        resolve();
      };
      tell({ kind: "ask" });
    });
    const before = block;
    await asking;
    if (block !== before && block.next === block.until) return null;
  }
  return block.next++;
}

let answers: Record<string, number> = {};
let troubles: string[] = [];

function tellTally(): void {
  tell({ kind: "tally", tally: { answers, troubles }, memoryMiB: process.memoryUsage().rss / 2 ** 20 });
  answers = {};
  troubles = [];
}

async function race({ crowd, clients, seed, naive, promises }: Assignment): Promise<void> {
  const file = createWriteStream(promises);
  const shared = {
    crowd,
    offers: new Memory(REMEMBERED),
    sets: new Memory(REMEMBERED),
    bookings: new Memory(REMEMBERED),
    waits: new Memory(REMEMBERED),
    requestOffers: naive ? naiveRequestOffers : requestOffers,
    promise: (kind: string, sessionId: string) => void file.write(`${kind} ${sessionId}\n`),
  };
  const client = async () => {
    for (let index = await nextOperation(); index !== null; index = await nextOperation()) {
      const random = new Random(seed, index);
      const operation = random.weighted(naive ? bookingOnly : operations);
      const answer = await operation
        .run({ ...shared, random, now: BEGIN + Math.floor(index * PACE_MS) })
        .catch((error) => trouble(operation.name, error));
      const key = `${operation.name}: ${answer}`;
      answers[key] = (answers[key] ?? 0) + 1;
    }
  };
  const telling = setInterval(tellTally, TELL_EVERY_MS);
  await Promise.all(Array.from({ length: clients }, client));
  clearInterval(telling);
  file.end();
  await finished(file);
  await closeDatabase();
  tellTally();
  process.off("disconnect", giveUp);
  process.disconnect();
}

function trouble(operation: string, error: unknown): "TROUBLE" {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (troubles.length < MOST_TROUBLES) troubles.push(`${operation}: ${words}`);
  return "TROUBLE";
}
