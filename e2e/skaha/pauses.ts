interface Waiting {
  readonly until: number;
  readonly finish: (whole: boolean) => void;
}

/** Waits on the platform's clock, so that moving it ends them, and that can be given up all at once. */
export function createPauses(now: () => number) {
  const waiting = new Set<Waiting>();
  const finish = (one: Waiting, whole: boolean) => {
    waiting.delete(one);
    one.finish(whole);
  };
  return {
    /** Lets time pass; false when it was given up. */
    pause: (ms: number): Promise<boolean> =>
      ms <= 0
        ? Promise.resolve(true)
        : new Promise((resolve) => {
            waiting.add({ until: now() + ms, finish: resolve });
          }),
    /** Ends those that are over. */
    follow: () => {
      for (const one of waiting) if (now() >= one.until) finish(one, true);
    },
    cancel: () => {
      for (const one of waiting) finish(one, false);
    },
  };
}
