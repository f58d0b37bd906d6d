import type { Millis } from "#lib/booking/slot.ts";

/** How often something may be done: so many times a second for ever (0: without limit), and so many at once after a pause. */
export interface RateRule {
  readonly perSecond: number;
  readonly burst: number;
}

/** What is left, as it was `at` that time; no bucket is a full one. */
export interface Bucket {
  readonly left: number;
  readonly at: Millis;
}

export interface Taken {
  /** What is left now; null: nothing to remember. */
  readonly bucket: Bucket | null;
  readonly answer:
    | { readonly ok: true; readonly remaining: number }
    /** Whole seconds, at least 1: then one is there. */
    | { readonly ok: false; readonly retryAfterSeconds: number };
}

/**
 * Takes one out of a bucket that fills up steadily, or says how long to wait; a refusal costs nothing. A clock that goes
 * backwards fills nothing and takes nothing away.
 */
export function take(bucket: Bucket | null, now: Millis, { perSecond, burst }: RateRule): Taken {
  if (perSecond === 0) return { bucket: null, answer: { ok: true, remaining: Number.POSITIVE_INFINITY } };
  const at = Math.max(now, bucket?.at ?? now);
  const left = bucket === null ? burst : Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * perSecond);
  if (left >= 1) return { bucket: { left: left - 1, at }, answer: { ok: true, remaining: Math.floor(left - 1) } };
  const retryAfterSeconds = Math.max(1, Math.ceil((1 - left) / perSecond));
  return { bucket: { left, at }, answer: { ok: false, retryAfterSeconds } };
}
