import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { closeDatabase, database } from "#lib/db/client.ts";
import { prepareDatabase } from "#lib/db/prepare.ts";
import { type Check, checkRace } from "./check-race.ts";
import { BEGIN, type Crowd, makeCrowd } from "./crowd.ts";
import type { FromClients, ToClients } from "./messages.ts";
import { PACE_MS, type RaceOptions } from "./options.ts";
import { Tallies } from "./tallies.ts";

/** How many operations a process is given at a time: few, so that all clocks are close to each other. */
const BLOCK = 16;
const DAY = 86_400_000;

/** What came of a race. */
export interface Outcome {
  readonly tallies: Tallies;
  readonly checks: readonly Check[];
  readonly seconds: number;
}

/** Races on the empty database at `url`; `folder` takes the notes that are made on the way. */
export async function runRace(
  options: RaceOptions,
  { url, folder, say }: { url: string; folder: string; say: (line: string) => void },
): Promise<Outcome> {
  process.env.DATABASE_URL = url;
  await prepareDatabase({ url, say: () => undefined });
  const crowd = await makeCrowd();
  await closeDatabase();
  const tallies = new Tallies(options.operations);
  const promises = Array.from({ length: options.processes }, (_, index) => path.join(folder, `promises-${index}`));
  const began = performance.now();
  const progress = setInterval(() => say(tallies.progress((performance.now() - began) / 1000)), 10_000);
  try {
    await raceAll(options, crowd, promises, tallies);
  } finally {
    clearInterval(progress);
  }
  const seconds = (performance.now() - began) / 1000;
  say(tallies.progress(seconds));
  say("looking for what must not be …");
  try {
    const checks = await checkRace(crowd.platform.id, promises, BEGIN + options.operations * PACE_MS + 3 * DAY);
    checks.push({ name: "unexpected exceptions", found: tallies.troubles });
    checks.push({ name: "operations not done", found: tallies.done === options.operations ? [] : [tallies.done] });
    return { tallies, checks, seconds };
  } finally {
    await closeDatabase();
  }
}

async function raceAll(
  { operations, clients, processes, seed, naive }: RaceOptions,
  crowd: Crowd,
  promises: readonly string[],
  tallies: Tallies,
): Promise<void> {
  let next = 0;
  const children = promises.map((file, index) => {
    const share = Math.floor(clients / processes) + (index < clients % processes ? 1 : 0);
    const child = startClients();
    const send = (message: ToClients) => child.send(message);
    child.on("message", (message: FromClients) => {
      if (message.kind === "tally") tallies.add(message.tally, index, message.memoryMiB);
      if (message.kind !== "ask") return;
      const first = next;
      next = Math.min(operations, next + BLOCK);
      send({ kind: "next", first, until: next });
    });
    send({ kind: "begin", race: { crowd, clients: share, seed, naive, promises: file } });
    return child;
  });
  try {
    await Promise.all(children.map(ended));
  } finally {
    for (const child of children) child.kill();
  }
}

function startClients(): ChildProcess {
  return fork(path.join(import.meta.dirname, "clients.ts"), {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    env: { ...process.env, DATABASE_URL: database().url },
  });
}

async function ended(child: ChildProcess): Promise<void> {
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`a process of clients ended with ${code}`);
}
