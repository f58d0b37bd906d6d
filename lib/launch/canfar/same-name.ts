import type { SkahaSession, SkahaStatus } from "./answers.ts";

/** What it means that a session is in a phase that ends it. */
export const endings: Readonly<Partial<Record<SkahaStatus, string>>> = {
  Completed: "It was shut down from inside.",
  Failed: "It failed on CANFAR.",
  Terminating: "It is being ended on CANFAR.",
};

/** Whether it runs, or will. A status that nobody knows is never an end. */
export const isActive = ({ status }: SkahaSession) =>
  status === "Pending" || status === "Running" || status === "unknown";

/** Whether it ran to an end that is not undone. */
export const hasEnded = ({ status }: SkahaSession) => status === "Completed" || status === "Failed";

/** Oldest first; those that have not started yet come last, in an order that is the same for everybody. */
export function byAge(a: SkahaSession, b: SkahaSession): number {
  const [left, right] = [a.startedAt ?? Number.POSITIVE_INFINITY, b.startedAt ?? Number.POSITIVE_INFINITY];
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The one that started last. */
export const newest = (all: readonly SkahaSession[]) => all.toSorted(byAge).at(-1);

/**
 * Whether of two sessions of one name the second may go already. While neither has started nobody can tell which is older, and
 * two who guessed differently would end both.
 */
export const isYounger = (other: SkahaSession, first: SkahaSession) =>
  first.startedAt !== null && (other.startedAt !== null || first.status === "Running");
