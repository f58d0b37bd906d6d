import { SkahaError, unwell } from "./skaha-error.ts";

/** What the pages may say of a platform: whether it is asked at all at the moment. */
export type CircuitState =
  | { readonly state: "closed" }
  /** It failed `failures` times in a row: nobody asks before `asksAgainAt`, then one does. */
  | { readonly state: "open"; readonly failures: number; readonly asksAgainAt: number; readonly why: string };

export interface Circuit {
  state(): CircuitState;
  /** Makes the call, or throws without it while the platform is left alone. */
  run<T>(call: () => Promise<T>): Promise<T>;
}

interface CircuitSetting {
  /** So many failures in a row open it. */
  readonly failures?: number;
  /** How long it is left alone at first, in milliseconds; doubled with each failure after that, up to `mostMs`. */
  readonly firstMs?: number;
  readonly mostMs?: number;
  readonly now?: () => number;
}

/** Whoever is turned away while one call tries comes back after this at the earliest. */
const LEAST_WAIT_MS = 1_000;

/**
 * Keeps us from asking a platform that is down again and again. Only its own trouble ("unwell") counts: a refusal is an
 * answer. When its time is over one call tries, and the others are still turned away until that one is answered.
 */
export function makeCircuit({
  failures: most = 5,
  firstMs = 2_000,
  mostMs = 60_000,
  now = Date.now,
}: CircuitSetting = {}): Circuit {
  let failures = 0;
  let asksAgainAt = 0;
  let why = "";
  let isTrying = false;

  const isOpen = () => failures >= most;
  const refuse = () => {
    // The same words each time: whoever tells them to people tells them once.
    const text = `it failed again and again (${why}), and is left alone for a moment`;
    const retryAfterMs = Math.max(isTrying ? LEAST_WAIT_MS : 0, asksAgainAt - now());
    return new SkahaError(unwell(text, { brief: why, retryAfterMs, isLeftAlone: true }));
  };

  return {
    state: () => (isOpen() ? { state: "open", failures, asksAgainAt, why } : { state: "closed" }),
    async run(call) {
      const tries = isOpen();
      if (tries && (isTrying || now() < asksAgainAt)) throw refuse();
      isTrying ||= tries;
      try {
        const answer = await call();
        failures = 0;
        return answer;
      } catch (error) {
        if (error instanceof SkahaError && error.trouble.kind === "unwell") {
          failures++;
          why = error.trouble.brief;
          asksAgainAt = now() + Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - most));
        } else if (error instanceof SkahaError) {
          failures = 0;
        }
        throw error;
      } finally {
        if (tries) isTrying = false;
      }
    },
  };
}
