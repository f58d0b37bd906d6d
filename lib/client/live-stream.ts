import type { Millis } from "#lib/booking/slot.ts";

/** Whether changes reach this page by themselves. `since`: when that stopped; null before the first try has ended. */
export type LiveState = { readonly open: true } | { readonly open: false; readonly since: Millis | null };

const address = "/api/events";
const RETRY_MS = 5_000;

const connecting: LiveState = { open: false, since: null };
let state: LiveState = connecting;
let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();
const listeners = new Set<() => void>();

/** A line that stays closed is closed since the first time. */
const isNews = (next: LiveState) => next.open !== state.open || (!state.open && state.since === null);

function become(next: LiveState) {
  if (!isNews(next)) return;
  state = next;
  for (const watcher of watchers) watcher();
}

function connect() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource(address);
  source.onopen = () => {
    become({ open: true });
    // What happened while the line was down was not announced.
    for (const listener of listeners) listener();
  };
  source.addEventListener("change", () => {
    for (const listener of listeners) listener();
  });
  source.onerror = () => {
    become({ open: false, since: Date.now() });
    // The browser tries again by itself only after a broken line, not after an answer that was an error.
    if (source?.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MS);
  };
}

function disconnect() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

/** Browsers allow six lines to one server: a page nobody looks at gives its line back. */
function follow() {
  if (document.hidden) disconnect();
  else if (source === null) connect();
}

/** The one line for events of this browser tab, for `useSyncExternalStore`; open while anybody listens. */
export const liveStream = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    if (watchers.size === 1) {
      document.addEventListener("visibilitychange", follow);
      follow();
    }
    return () => {
      watchers.delete(watcher);
      if (watchers.size > 0) return;
      document.removeEventListener("visibilitychange", follow);
      disconnect();
      state = connecting;
    };
  },
  state: (): LiveState => state,
  stateOnServer: (): LiveState => connecting,
  /** Calls `listener` on every change that may matter, and when the line opens again. */
  onChange(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Tries at once. */
  tryNow: connect,
};
