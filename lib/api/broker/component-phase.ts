import type { z } from "zod";
import type { Phase } from "#lib/booking/phase.ts";
import type { lifecyclePhase } from "../standard/common.ts";

export type ComponentPhase = z.output<typeof lifecyclePhase>;

/** Where the components of a session are when it is there itself. */
const ofSession: Record<Phase, ComponentPhase> = {
  INITIAL: "INITIALIZING",
  OFFERED: "INITIALIZING",
  ACCEPTED: "WAITING",
  WAITING: "WAITING",
  PREPARING: "PREPARING",
  AVAILABLE: "AVAILABLE",
  RUNNING: "AVAILABLE",
  RELEASING: "RELEASING",
  COMPLETED: "COMPLETED",
  REJECTED: "CANCELLED",
  EXPIRED: "CANCELLED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
};

/** A session is over at once when it fails or is cancelled; what clears up after it shows here: RELEASING until all is gone. */
export function componentPhase(phase: Phase, isReleased: boolean): ComponentPhase {
  const isOverAndThere = (phase === "FAILED" || phase === "CANCELLED") && !isReleased;
  return isOverAndThere ? "RELEASING" : ofSession[phase];
}
