import type { Millis } from "#lib/booking/slot.ts";
import type { requestOffers } from "#lib/broker/request-offers.ts";
import type { Random } from "#lib/testing/random.ts";
import type { Crowd, Racer } from "./crowd.ts";

/** Something a racer has seen and may come back to. */
export interface Seen {
  readonly id: string;
  readonly racer: Racer;
}

/** The last few things a process has seen. Bounded: a race of a million operations needs no more memory than one of a thousand. */
export class Memory {
  readonly #most: number;
  readonly #things: Seen[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Keeps it; when there is no room left, in the place of one at random. */
  keep(seen: Seen, random: Random): void {
    if (this.#things.length < this.#most) this.#things.push(seen);
    else this.#things[random.between(0, this.#most - 1)] = seen;
  }

  pick(random: Random): Seen | undefined {
    return random.pick(this.#things);
  }

  /** The latest, which is forgotten. */
  takeLatest(): Seen | undefined {
    return this.#things.pop();
  }
}

/** What one operation gets. */
export interface Turn {
  readonly now: Millis;
  readonly random: Random;
  readonly crowd: Crowd;
  readonly offers: Memory;
  readonly sets: Memory;
  readonly bookings: Memory;
  readonly waits: Memory;
  /** The step that is raced: the engine's own, or the naive one. */
  readonly requestOffers: typeof requestOffers;
  /** Notes what a client was promised, to be looked for afterwards. */
  readonly promise: (kind: "booked" | "cancelled", sessionId: string) => void;
}

/** One kind of thing that clients do. Answers YES, the code of a refusal, or NOTHING when there was nothing to do it with. */
export interface Operation {
  readonly name: string;
  readonly weight: number;
  readonly run: (turn: Turn) => Promise<string>;
}

/** Somebody at random. */
export function anybody({ crowd, random }: Turn): Racer {
  const racer = random.pick(crowd.racers);
  if (!racer) throw new Error("the crowd is empty");
  return racer;
}

/** Who acts on something: its owner, and now and then somebody else. */
export const ownerOrStranger = (turn: Turn, { racer }: Seen): Racer => (turn.random.oneIn(20) ? anybody(turn) : racer);

/** A step's answer in one word. */
export function inOneWord(answer: { readonly ok: true } | { readonly ok: false; readonly error: object }): string {
  if (answer.ok) return "YES";
  const error = answer.error as { code?: string; refusals?: readonly { code: string }[] };
  return error.code ?? error.refusals?.[0]?.code ?? "NO";
}
