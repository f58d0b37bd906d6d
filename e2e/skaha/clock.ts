/** The platform's time, in milliseconds since 1970. */
export interface Clock {
  readonly now: () => number;
  /** Lets time pass at once: sessions, tokens and tables age by it. */
  readonly forward: (ms: number) => void;
  /** What the platform's clock shows: `now` and how far it is off. Only what is written to clients uses it. */
  readonly shown: (at?: number) => number;
  readonly setSkew: (ms: number) => void;
  readonly reset: () => void;
}

export function createClock(): Clock {
  let offset = 0;
  let skew = 0;
  const now = () => Date.now() + offset;
  return {
    now,
    forward: (ms) => {
      offset += ms;
    },
    shown: (at = now()) => at + skew,
    setSkew: (ms) => {
      skew = ms;
    },
    reset: () => {
      offset = 0;
      skew = 0;
    },
  };
}
