import { setTimeout as pause } from "node:timers/promises";

/** Waits until `holds` answers yes; throws after two minutes. What `holds` throws ends the wait at once. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, atMostMs = 120_000): Promise<void> {
  const end = performance.now() + atMostMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${atMostMs / 1000} s in vain until ${what}`);
    await pause(50);
  }
}
