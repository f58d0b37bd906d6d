"use client";

import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 40rem)";

function subscribe(watcher: () => void) {
  const query = window.matchMedia(QUERY);
  query.addEventListener("change", watcher);
  return () => query.removeEventListener("change", watcher);
}

/** Whether the page is as narrow as a phone; on the server, where nobody knows, it is not. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
