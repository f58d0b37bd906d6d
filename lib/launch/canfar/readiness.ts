import type { Launcher, Readiness } from "#lib/launch/launcher.ts";
import { AvailabilityError, readAvailability } from "./availability.ts";
import type { Circuit } from "./circuit.ts";

/** What a platform said of itself is good for so long. */
const KEPT_MS = 60_000;

/**
 * Whether a platform takes requests: while it fails again and again it does not; else it is asked itself (VOSI availability),
 * once a minute.
 */
export function makeReadiness(
  { base, ca }: { base: URL; ca?: string | undefined },
  circuit: Circuit,
): Launcher["readiness"] {
  let kept: { readonly readiness: Readiness; readonly until: number } | null = null;
  return async (signal) => {
    signal.throwIfAborted();
    const state = circuit.state();
    if (state.state === "open") {
      const at = new Date(state.asksAgainAt).toISOString().slice(11, 19);
      return notReady(`CANFAR does not answer: ${state.why}.`, `Meridian asks it again at ${at} UTC; bookings stay.`);
    }
    if (kept === null || performance.now() >= kept.until) {
      kept = { readiness: await ask(base, ca, signal), until: performance.now() + KEPT_MS };
    }
    return kept.readiness;
  };
}

async function ask(base: URL, ca: string | undefined, signal: AbortSignal): Promise<Readiness> {
  try {
    const { available, note } = await readAvailability(base, { timeoutMs: 5_000, ca }, signal);
    if (available) return { ready: true, what: `CANFAR (${base.host})` };
    return notReady(`CANFAR says that it is not available${note ? `: ${note}` : "."}`, again);
  } catch (error) {
    if (!(error instanceof AvailabilityError)) throw error;
    return notReady(error.message, again);
  }
}

const again = "Meridian asks it again in a minute; bookings stay.";

const notReady = (why: string, cure: string): Readiness => ({ ready: false, isPassing: true, why, cure });
