/** Waits that can be given up all at once. */
export function createPauses() {
  const waiting = new Set<() => void>();
  return {
    /** Lets real time pass; false when it was given up. */
    pause: (ms: number): Promise<boolean> =>
      ms <= 0
        ? Promise.resolve(true)
        : new Promise((resolve) => {
            const finish = (whole: boolean) => {
              clearTimeout(timer);
              waiting.delete(giveUp);
              resolve(whole);
            };
            const giveUp = () => finish(false);
            const timer = setTimeout(() => finish(true), ms);
            waiting.add(giveUp);
          }),
    cancel: () => {
      for (const giveUp of waiting) giveUp();
    },
  };
}
