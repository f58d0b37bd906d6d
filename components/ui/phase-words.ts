import type { Phase } from "#lib/booking/phase.ts";
import type { IconName } from "./icon.tsx";

export type Tone = "mine" | "held" | "preparing" | "running" | "warning" | "failed" | "closed" | "full";

/** A phase as people read it: one word, its mark, its colour. */
export interface PhaseWords {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

export const phaseWords: Record<Phase, PhaseWords> = {
  INITIAL: { word: "Asked", icon: "dot", tone: "closed" },
  OFFERED: { word: "Held", icon: "held", tone: "held" },
  ACCEPTED: { word: "Booked", icon: "mine", tone: "mine" },
  WAITING: { word: "Booked", icon: "mine", tone: "mine" },
  PREPARING: { word: "Preparing", icon: "preparing", tone: "preparing" },
  AVAILABLE: { word: "Available", icon: "running", tone: "running" },
  RUNNING: { word: "Running", icon: "running", tone: "running" },
  RELEASING: { word: "Releasing", icon: "preparing", tone: "preparing" },
  COMPLETED: { word: "Completed", icon: "check", tone: "closed" },
  REJECTED: { word: "Released", icon: "cross", tone: "closed" },
  EXPIRED: { word: "Expired", icon: "held", tone: "closed" },
  FAILED: { word: "Failed", icon: "failed", tone: "failed" },
  CANCELLED: { word: "Cancelled", icon: "cross", tone: "closed" },
};
