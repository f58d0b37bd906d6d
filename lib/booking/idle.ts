import type { Millis } from "./slot.ts";

/** After how many minutes without use a session is warned, and how many more it then has. Whole minutes, ≥ 1 and ≥ 0. */
export interface IdleRule {
  readonly idleMinutes: number;
  readonly graceMinutes: number;
}

/** `releaseAt`: when a warned session is released unless somebody uses it before; always in the future. */
export type IdleState =
  | { readonly state: "used" }
  | { readonly state: "warn"; readonly releaseAt: Millis }
  | { readonly state: "release" };

/** `since`: when its owner could first use it; `lastActivity`: as its platform says, null where it cannot tell. */
export interface Activity {
  readonly now: Millis;
  readonly since: Millis;
  readonly lastActivity: Millis | null;
  readonly rule: IdleRule;
}

/**
 * Decides whether a session is in use, is to be warned, or is to be released.
 *
 * It is unused since its last activity, or since it became available when there was none after that. Where the platform
 * cannot tell, it counts as used. So it does when its last activity is in the future: the platform's clock is ahead.
 */
export function idleState({ now, since, lastActivity, rule }: Activity): IdleState {
  if (lastActivity === null) return { state: "used" };
  const unusedSince = Math.max(since, lastActivity);
  const warnAt = unusedSince + rule.idleMinutes * 60_000;
  const releaseAt = warnAt + rule.graceMinutes * 60_000;
  if (now >= releaseAt) return { state: "release" };
  return now >= warnAt ? { state: "warn", releaseAt } : { state: "used" };
}
