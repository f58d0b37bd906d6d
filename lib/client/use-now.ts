"use client";

import { useSyncExternalStore } from "react";
import type { Millis } from "#lib/booking/slot.ts";

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let now: Millis = 0;

const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

function tick() {
  now = wholeSecond();
  for (const watcher of watchers) watcher();
  timer = setTimeout(tick, 1000 - (Date.now() % 1000));
}

function subscribe(watcher: () => void) {
  watchers.add(watcher);
  if (watchers.size === 1) tick();
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) clearTimeout(timer);
  };
}

const current = () => (watchers.size === 0 ? wholeSecond() : now);

/**
 * The time, once a second, the same for all who ask. While the page comes alive it is `onServer`, the time the server
 * wrote into the page, so that both write the same text.
 */
export const useNow = (onServer: Millis): Millis => useSyncExternalStore(subscribe, current, () => onServer);
