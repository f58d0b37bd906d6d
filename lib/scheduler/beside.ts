import type { Millis } from "#lib/booking/slot.ts";

/**
 * Begins what may take long and must not hold up whoever begins it: one at a time of a name, and none sooner than `everyMs` after
 * the last one of its name began. Trouble goes to `onTrouble`. Returns whether it was begun.
 */
export function makeBeside(onTrouble: (name: string, error: unknown) => void) {
  const began = new Map<string, Millis>();
  const underWay = new Set<string>();
  return (name: string, { everyMs, now }: { everyMs: number; now: Millis }, work: () => Promise<void>): boolean => {
    if (underWay.has(name) || now < (began.get(name) ?? Number.NEGATIVE_INFINITY) + everyMs) return false;
    began.set(name, now);
    underWay.add(name);
    work()
      .catch((error: unknown) => onTrouble(name, error))
      .finally(() => underWay.delete(name));
    return true;
  };
}
