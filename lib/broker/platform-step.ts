import type { Millis } from "#lib/booking/slot.ts";

/** What a step gets that calls a platform. */
export interface PlatformStep {
  readonly sessionId: string;
  readonly now: Millis;
  /** The time after a call to the platform, which may have taken long. */
  readonly clock: () => Millis;
  /** Aborted when the worker stops. */
  readonly signal: AbortSignal;
}
