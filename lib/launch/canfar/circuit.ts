import { SkahaError, unwell } from "./skaha-error.ts";

/** What the pages may say of a platform: whether it is asked at all at the moment. */
export type CircuitState =
  | { readonly state: "closed" }
  /** It failed `failures` times in a row: nobody asks before `asksAgainAt`, then one does. */
  | { readonly state: "open"; readonly failures: number; readonly asksAgainAt: number; readonly why: string };

export interface Circuit {
  /** Of the platform as a whole; trouble of one user only does not open it. */
  state(): CircuitState;
  /** Makes the call for the user `whose`, or throws without it while the platform, or they there, are left alone. */
  run<T>(call: () => Promise<T>, whose?: string): Promise<T>;
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

/** Failures in a row. */
interface Streak {
  failures: number;
  asksAgainAt: number;
  why: string;
  isTrying: boolean;
}
const newStreak = (): Streak => ({ failures: 0, asksAgainAt: 0, why: "", isTrying: false });
/** Failures of the whole platform: since anybody was answered. */
const newOutage = () => ({ ...newStreak(), whose: new Set<string>(), unreached: 0 });

/**
 * Keeps us from asking a platform that is down again and again. Only its own trouble ("unwell") counts: a refusal is an
 * answer. When its time is over one call tries, and the others are still turned away until that one is answered.
 *
 * A user whose calls fail is left alone by themselves. The platform is, for everybody, when as many calls in a row failed for
 * two users at least, or made no connection at all, or when nobody but that one user was answered within `mostMs`: as then
 * they may be the only one here. In that last case whoever has not failed since may still ask, which tells whose trouble it is.
 */
export function makeCircuit({
  failures: most = 5,
  firstMs = 2_000,
  mostMs = 60_000,
  now = Date.now,
}: CircuitSetting = {}): Circuit {
  const users = new Map<string, Streak>();
  let outage = newOutage();
  /** Who was answered last, and who before that other than them. */
  let lastAnswers: readonly { readonly whose: string; readonly at: number }[] = [];

  const concernsAll = () => outage.whose.size > 1 || outage.unreached >= most;
  const othersAreWell = () => lastAnswers.some(({ whose, at }) => !outage.whose.has(whose) && now() - at < mostMs);
  const isOpen = () => outage.failures >= most && (concernsAll() || !othersAreWell());

  /** What a call has to wait for; null: nothing. */
  function gateFor(whose: string): Streak | null {
    if (isOpen() && (concernsAll() || outage.whose.has(whose))) return outage;
    const own = users.get(whose);
    return own && own.failures >= most ? own : null;
  }

  function refuse({ why, isTrying, asksAgainAt }: Streak): SkahaError {
    // The same words each time: whoever tells them to people tells them once.
    const text = `it failed again and again (${why}), and is left alone for a moment`;
    const retryAfterMs = Math.max(isTrying ? LEAST_WAIT_MS : 0, asksAgainAt - now());
    return new SkahaError(unwell(text, { brief: why, retryAfterMs, isLeftAlone: true }));
  }

  function failed(whose: string, { why, isUnreached }: { why: string; isUnreached: boolean }): void {
    const own = users.get(whose) ?? newStreak();
    users.set(whose, own);
    outage.whose.add(whose);
    outage.unreached = isUnreached ? outage.unreached + 1 : 0;
    for (const streak of [own, outage]) {
      streak.failures++;
      streak.why = why;
      streak.asksAgainAt = now() + Math.min(mostMs, firstMs * 2 ** Math.max(0, streak.failures - most));
    }
  }

  function answered(whose: string): void {
    // What was everybody's trouble is over for everybody.
    if (isOpen() && concernsAll()) users.clear();
    users.delete(whose);
    outage = newOutage();
    lastAnswers = [{ whose, at: now() }, ...lastAnswers.filter((one) => one.whose !== whose)].slice(0, 2);
  }

  return {
    state() {
      const { failures, asksAgainAt, why } = outage;
      return isOpen() ? { state: "open", failures, asksAgainAt, why } : { state: "closed" };
    },
    async run(call, whose = "") {
      const gate = gateFor(whose);
      if (gate && (gate.isTrying || now() < gate.asksAgainAt)) throw refuse(gate);
      if (gate) gate.isTrying = true;
      try {
        const answer = await call();
        answered(whose);
        return answer;
      } catch (error) {
        if (error instanceof SkahaError) {
          if (error.trouble.kind !== "unwell") answered(whose);
          else failed(whose, { why: error.trouble.brief, isUnreached: error.trouble.isUnreached });
        }
        throw error;
      } finally {
        if (gate) gate.isTrying = false;
      }
    },
  };
}
