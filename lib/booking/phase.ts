/**
 * The life of a session, in the words of the IVOA Execution Broker 1.0. An offer is a session still OFFERED.
 *
 * This is the one table of phases: the database's `phase_moves` is filled from it and refuses every other move, the
 * buttons of the pages ask it, and so do the broker's steps.
 */
const after = {
  INITIAL: ["OFFERED", "ACCEPTED", "FAILED"],
  OFFERED: ["ACCEPTED", "REJECTED", "EXPIRED", "CANCELLED", "FAILED"],
  ACCEPTED: ["WAITING", "PREPARING", "CANCELLED", "FAILED"],
  WAITING: ["PREPARING", "CANCELLED", "FAILED"],
  PREPARING: ["AVAILABLE", "CANCELLED", "FAILED"],
  AVAILABLE: ["RUNNING", "RELEASING", "CANCELLED", "FAILED"],
  RUNNING: ["RELEASING", "CANCELLED", "FAILED"],
  RELEASING: ["COMPLETED", "FAILED"],
  COMPLETED: [],
  REJECTED: [],
  EXPIRED: [],
  FAILED: [],
  CANCELLED: [],
} as const satisfies Record<string, readonly string[]>;

export type Phase = keyof typeof after;

export const phases = Object.keys(after) as readonly Phase[];

export const isPhase = (word: unknown): word is Phase => (phases as readonly unknown[]).includes(word);

export const canMove = (from: Phase, to: Phase): boolean => (after[from] as readonly Phase[]).includes(to);

/** Whether nothing can follow any more. */
export const isOver = (phase: Phase): boolean => after[phase].length === 0;

/** Every phase from which `to` may follow. */
export const phasesBefore = (to: Phase): Phase[] => phases.filter((from) => canMove(from, to));

/** Every legal move, for the database's table. */
export const phaseMoves: readonly (readonly [from: Phase, to: Phase])[] = phases.flatMap((from) =>
  after[from].map((to) => [from, to] as const),
);

/** A booking that counts against the cap on open bookings: accepted and not over. */
export const openPhases = [
  "ACCEPTED",
  "WAITING",
  "PREPARING",
  "AVAILABLE",
  "RUNNING",
  "RELEASING",
] as const satisfies readonly Phase[];

/** Phases in which the owner may cancel a booking (an offer is rejected, not cancelled). */
export const canCancel = (phase: Phase): boolean => phase !== "OFFERED" && canMove(phase, "CANCELLED");

/** Phases in which a server should be there for the user. */
export const isLive = (phase: Phase): boolean => phase === "AVAILABLE" || phase === "RUNNING";
