import { budgetLeft, budgetResources, hoursIn } from "./budget.ts";
import { type Candidate, candidates, type OfferRule } from "./candidates.ts";
import type { Capacity } from "./capacity.ts";
import { type ExecutionRequest, leastOf } from "./request.ts";
import type { Resources } from "./resources.ts";
import { largestRun, type Room, roomIn } from "./room.ts";
import { compareSize } from "./size.ts";
import { type Millis, slotLength, type TimeSpan } from "./slot.ts";
import { largest, later, longest, type OfferStrategy, roomiest, soonest } from "./strategies.ts";

export type { Candidate, OfferRule, OfferStrategy };

export type ChosenOffer = Candidate & { readonly strategy: OfferStrategy };

/** No set is larger, whatever a platform's rule says. */
export const MOST_OFFERS = 8;

/** At every start that has room for the least, the largest run there, and of that size the longest; earliest first. */
export function runsThatFit(request: ExecutionRequest, rule: OfferRule, room: Room, now: Millis): Candidate[] {
  const least = leastOf(request).resources;
  const bounds = { least, most: request.resources, mostSlots: request.durationSlots };
  return candidates(request, rule, now)
    .map((candidate) => largestRun(candidate, bounds, room))
    .filter((run) => run !== null);
}

const overlap = (a: TimeSpan, b: TimeSpan): boolean => a.start < b.end && b.start < a.end;

/** The order of a set: the earlier first, then the larger, then the longer. */
export const compareOffers =
  (wished: Resources) =>
  (a: Candidate, b: Candidate): number =>
    a.startsAt - b.startsAt || compareSize(b.resources, a.resources, wished) || b.durationSlots - a.durationSlots;

/**
 * Decides which offers a request gets: the soonest; where less would do, the largest if it is larger than that and the
 * longest if it is longer than those; then later ones, the last place going to the roomiest. In the order of
 * `compareOffers`. The offers of a set never overlap, so that a set holds no more of a slot than one session would use.
 * They are alternatives: each by itself is within the budgets of project and user. The platform holds all of them, so all
 * together are within its own.
 */
export function chooseOffers(
  request: ExecutionRequest,
  rule: OfferRule,
  capacity: Capacity,
  now: Millis,
): ChosenOffer[] {
  const most = Math.min(rule.maxOffers, MOST_OFFERS);
  const wished = request.resources;
  const room = roomIn(capacity, rule);
  const chosen: ChosenOffer[] = [];
  let fitting = runsThatFit(request, rule, room, now);
  const affordable = platformBudget(capacity, rule);
  const choose = (candidate: Candidate | undefined, strategy: OfferStrategy) => {
    if (!candidate || chosen.length >= most) return;
    chosen.push({ ...candidate, strategy });
    affordable.take(candidate);
    fitting = fitting.filter((other) => !overlap(other.span, candidate.span) && affordable.has(other));
  };
  const ifBetter = (candidate: Candidate | undefined, isBetter: (one: Candidate, other: Candidate) => boolean) =>
    candidate && chosen.every((other) => isBetter(candidate, other)) ? candidate : undefined;

  choose(soonest(fitting), "soonest");
  choose(
    ifBetter(largest(fitting, wished), (one, other) => compareSize(one.resources, other.resources, wished) > 0),
    "largest",
  );
  choose(
    ifBetter(longest(fitting), (one, other) => one.durationSlots > other.durationSlots),
    "longest",
  );
  while (chosen.length < most - 1 && fitting.length > 0) choose(later(fitting), "later");
  choose(roomiest(fitting, room), "roomiest");
  return chosen.sort(compareOffers(wished));
}

/** The hours that the platform's own budget leaves for more offers of a set. */
function platformBudget({ slots, budgets: { platform } }: Capacity, rule: OfferRule) {
  const none = { coreHours: null, gpuHours: null };
  const left = budgetLeft({ slots, budgets: { platform, project: none, user: none } }, rule);
  const taken = { cores: 0, gpus: 0 };
  const slotsOf = ({ span }: Candidate) => (span.end - span.start) / slotLength(rule);
  return {
    take(one: Candidate): void {
      for (const name of budgetResources) taken[name] += hoursIn(one.resources[name], slotsOf(one), rule);
    },
    has: (one: Candidate): boolean =>
      budgetResources.every((name) => {
        const budget = left[name];
        const hours = hoursIn(one.resources[name], slotsOf(one), rule);
        return budget === null || hours === 0 || taken[name] + hours <= budget.leftHours + 1e-6;
      }),
  };
}
