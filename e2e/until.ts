import { until as ask } from "#lib/until.ts";

/** Waits until `holds` answers yes; throws after two minutes. What `holds` throws ends the wait at once. */
export const until = (what: string, holds: () => Promise<boolean> | boolean, withinMs = 120_000): Promise<true> =>
  ask(what, holds, { withinMs, everyMs: 50 });
