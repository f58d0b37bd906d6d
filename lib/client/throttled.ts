import type { Millis } from "#lib/booking/slot.ts";

/**
 * Calls `work` at once, and then at most every `everyMs`: what is asked for in between is done once, at the end. So a reader
 * that takes a moment is not begun anew by every notice of a busy platform.
 */
export function throttled(work: () => void, everyMs: Millis): { call: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isAsked = false;
  const go = () => {
    isAsked = false;
    work();
    timer = setTimeout(() => {
      timer = null;
      if (isAsked) go();
    }, everyMs);
  };
  return {
    call: () => {
      if (timer === null) go();
      else isAsked = true;
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
