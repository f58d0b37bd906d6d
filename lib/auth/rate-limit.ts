import type { Millis } from "#lib/booking/slot.ts";
import { readEnvironment } from "#lib/env.ts";
import { type Bucket, type RateRule, type Taken, take } from "./token-bucket.ts";

/** `read` and `write` have a bucket for each caller; `refused` is one for everybody whom we do not know. */
export type RateKind = "read" | "write" | "refused";

export type RateAnswer = Taken["answer"];

/** So many callers are remembered; beyond that the one who was silent for longest begins anew with a full bucket. */
export const MOST_CALLERS = 10_000;

/** Buckets of this web server. Pages and addresses may be loaded as modules of their own: they share these. */
const kept = globalThis as typeof globalThis & { meridianRates?: RateLimiter };

/**
 * Whether this caller may ask once more now. `who` is a user's id; those who are refused share one bucket whatever address they come
 * from, as behind a proxy an address says nothing. `refused` limits answers, not work: who somebody is has been looked up by then, each
 * time anew, and beyond the limit they hear 429 instead of 401. Counted in this process only: with several web servers, each allows
 * so much.
 */
export function rateLimit(kind: RateKind, who: string, now: Millis): RateAnswer {
  kept.meridianRates ??= new RateLimiter(rulesHere());
  return kept.meridianRates.take(kind, who, now);
}

/** What whoever asked too often is told. */
export const tooOften = (retryAfterSeconds: number): string =>
  `That was too often. Try again in ${retryAfterSeconds} s.`;

function rulesHere(): Readonly<Record<RateKind, RateRule>> {
  const env = readEnvironment();
  return {
    read: { perSecond: env.MERIDIAN_API_READS_PER_SECOND, burst: env.MERIDIAN_API_READS_AT_ONCE },
    write: { perSecond: env.MERIDIAN_API_WRITES_PER_SECOND, burst: env.MERIDIAN_API_WRITES_AT_ONCE },
    refused: { perSecond: env.MERIDIAN_API_REFUSALS_PER_SECOND, burst: env.MERIDIAN_API_REFUSALS_AT_ONCE },
  };
}

/** Buckets by kind and caller, as many as `most`. */
export class RateLimiter {
  /** In the order of their last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    readonly rules: Readonly<Record<RateKind, RateRule>>,
    readonly most: number = MOST_CALLERS,
  ) {}

  get size(): number {
    return this.#buckets.size;
  }

  take(kind: RateKind, who: string, now: Millis): RateAnswer {
    const key = kind === "refused" ? kind : `${kind} ${who}`;
    const { bucket, answer } = take(this.#buckets.get(key) ?? null, now, this.rules[kind]);
    this.#buckets.delete(key);
    if (bucket) this.#buckets.set(key, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > this.most && oldest !== undefined) this.#buckets.delete(oldest);
    return answer;
  }
}
