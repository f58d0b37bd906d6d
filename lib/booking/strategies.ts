import type { Candidate } from "./candidates.ts";
import type { Resources } from "./resources.ts";
import { type Room, shareOf } from "./room.ts";
import { compareSize } from "./size.ts";

/** Why an offer is in the set. */
export type OfferStrategy = "soonest" | "largest" | "longest" | "later" | "roomiest";

/** Each strategy chooses of the runs that fit, which come earliest first; nothing when there are none. */
type Choice = Candidate | undefined;

/** Strategy `soonest`: the first that fits. */
export const soonest = (fitting: readonly Candidate[]): Choice => fitting[0];

/** Strategy `later`: the first of those that are left when the sooner ones are chosen; it fills the set up. */
export const later = soonest;

/** Strategy `largest`: the first of the full wished size, or of the largest there is (`compareSize`). */
export const largest = (fitting: readonly Candidate[], wished: Resources): Choice =>
  firstBest(fitting, (one, best) => compareSize(one.resources, best.resources, wished) > 0);

/** Strategy `longest`: the first with the longest duration. */
export const longest = (fitting: readonly Candidate[]): Choice =>
  firstBest(fitting, (one, best) => one.durationSlots > best.durationSlots);

/** Strategy `roomiest`: where the platform has most room, so that it is quick there; of equals the earliest. */
export const roomiest = (fitting: readonly Candidate[], room: Room): Choice => {
  const shares = new Map(fitting.map((candidate) => [candidate, shareOf(candidate, room)]));
  return firstBest(fitting, (one, best) => (shares.get(one) ?? 0) > (shares.get(best) ?? 0));
};

function firstBest(fitting: readonly Candidate[], isBetter: (one: Candidate, best: Candidate) => boolean): Choice {
  let best: Choice;
  for (const candidate of fitting) if (best === undefined || isBetter(candidate, best)) best = candidate;
  return best;
}
