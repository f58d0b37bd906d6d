import { parseArgs } from "node:util";

/** How a race is run. */
export interface RaceOptions {
  readonly operations: number;
  readonly clients: number;
  readonly processes: number;
  readonly seed: number;
  readonly json: boolean;
  /** Flush every commit to the disk, as in operation. Slower; the race itself is the same. */
  readonly durable: boolean;
  /** Race a variant that checks, then inserts: it has to be found out. */
  readonly naive: boolean;
}

/** How far the simulated clock moves with each operation. */
export const PACE_MS = 1_500;

const MOST_PROCESSES = 4;

/** The options of `npm run race`; a sentence when they make no sense. */
export function raceOptions(args: readonly string[]): RaceOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        operations: { type: "string", default: "20000" },
        clients: { type: "string", default: "32" },
        seed: { type: "string", default: String(Date.now() % 1_000_000) },
        json: { type: "boolean", default: false },
        durable: { type: "boolean", default: false },
        naive: { type: "boolean", default: false },
      },
    });
    const [operations, clients, seed] = [Number(values.operations), Number(values.clients), Number(values.seed)];
    if (!Number.isSafeInteger(operations) || operations < 1) return "--operations is a whole number of at least 1.";
    if (!Number.isSafeInteger(clients) || clients < 1 || clients > 256) return "--clients is between 1 and 256.";
    if (!Number.isSafeInteger(seed)) return "--seed is a whole number.";
    const { json, durable, naive } = values;
    return { operations, clients, processes: Math.min(clients, MOST_PROCESSES), seed, json, durable, naive };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
