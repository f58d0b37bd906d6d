import { setTimeout as pause } from "node:timers/promises";
import { type Dispatcher, Pool } from "undici";

/** How many connections ask at the same time, each one thing after the other. */
export const CONNECTIONS = 16;

/** One thing to ask, and the status that its answer has to have. */
export interface Ask {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
}

/** What came of a turn. */
export interface Turn {
  readonly perSecond: number;
  /** How long each answer took until its last byte, in milliseconds. */
  readonly took: readonly number[];
  /** What `keep` made of the answers. */
  readonly kept: readonly string[];
}

/**
 * Asks `address` what `next` says until the time is over or `next` has nothing more, and waits for every answer. Throws when one
 * is not what it should be. `keep` sees each answer's text: only in turns whose time does not count.
 */
export async function takeTurn(
  address: string,
  next: (index: number) => Ask | undefined,
  { seconds, keep }: { seconds: number; keep?: (text: string, headers: Headers) => string },
): Promise<Turn> {
  const pool = new Pool(address, { connections: CONNECTIONS, pipelining: 1 });
  const took: number[] = [];
  const kept: string[] = [];
  let index = 0;
  const began = performance.now();
  const askOn = async () => {
    while (performance.now() - began < seconds * 1000) {
      const ask = next(index++);
      if (!ask) return;
      const { status, ...rest } = ask;
      const asked = performance.now();
      const answer = await pool.request(rest);
      const text = await answer.body.text();
      took.push(performance.now() - asked);
      if (answer.statusCode !== status) {
        throw new Error(
          `${ask.method} ${ask.path} answered ${answer.statusCode}, not ${status}: ${text.slice(0, 500)}`,
        );
      }
      if (keep) kept.push(keep(text, answer.headers));
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, askOn));
    return { perSecond: (took.length / (performance.now() - began)) * 1000, took, kept };
  } finally {
    await pool.destroy();
    // What the turn left to do beside its answers is no business of the next one.
    await pause(50);
  }
}

type Headers = Dispatcher.ResponseData["headers"];
