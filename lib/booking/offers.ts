import { freeFor, type Scarcity, type SlotCapacity, scarcest } from "./capacity.ts";
import type { ExecutionRequest, RequestedStart } from "./request.ts";
import { fitsInto, leftOf, mapResources, type Resources, resourceNames, smallerOf } from "./resources.ts";
import { bookingWindow, type Millis, type SlotRule, slotLength, slotStart, slotsIn, type TimeSpan } from "./slot.ts";

/** How a platform hands out offers. */
export interface OfferRule extends SlotRule {
  /** Offers a request may get. */
  readonly maxOffers: number;
  /** How long an offer is held, in seconds. */
  readonly offerSeconds: number;
}

/** Why an offer is in the set. */
export type OfferStrategy = "soonest" | "later" | "roomiest";

/** A promise that could be made. `span`: the slots it takes, whole; `startsAt` and `endsAt`: the run inside them. */
export interface Candidate {
  readonly span: TimeSpan;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly startsNow: boolean;
  readonly resources: Resources;
  readonly expiresAt: Millis;
}

export type ChosenOffer = Candidate & { readonly strategy: OfferStrategy };

/** Nobody can decide faster: an offer that would have to be accepted sooner is not made. A quarter of a short slot. */
const decideTime = (rule: SlotRule): Millis => Math.min(60_000, slotLength(rule) / 4);

/** Whether a slot starts so soon that it is offered to nobody any more: only a start "now" still reaches it. */
export const startsTooSoon = (rule: SlotRule, start: Millis, now: Millis): boolean => start - now < decideTime(rule);

/** Somebody who sits at the page may manage this: better than no offer at all. */
const HURRY: Millis = 10_000;

/**
 * The runs that begin at once: the rest of the running slot, then the whole duration, so that it is long enough whenever
 * within the offer's life it is accepted. When the running slot ends too soon to decide, the next one counts as rest too;
 * should there be no room for that, the shorter one is offered to those who hurry.
 */
function candidatesNow(request: ExecutionRequest, rule: OfferRule, now: Millis): Candidate[] {
  const left = slotStart(rule, now) + slotLength(rule) - now;
  if (left >= decideTime(rule)) return [candidateNow(1, request, rule, now)];
  const roomy = candidateNow(2, request, rule, now);
  return left >= HURRY ? [roomy, candidateNow(1, request, rule, now)] : [roomy];
}

/** `rest`: how many slots, from the running one, may pass until the offer is accepted. */
function candidateNow(rest: number, request: ExecutionRequest, rule: OfferRule, now: Millis): Candidate {
  const length = slotLength(rule);
  const start = slotStart(rule, now);
  const end = start + (rest + request.durationSlots) * length;
  const expiresAt = Math.min(now + rule.offerSeconds * 1000, start + rest * length);
  const { resources } = request;
  return { span: { start, end }, startsAt: now, endsAt: end, startsNow: true, resources, expiresAt };
}

function candidateAt(start: Millis, request: ExecutionRequest, rule: OfferRule, now: Millis): Candidate {
  const end = start + request.durationSlots * slotLength(rule);
  const expiresAt = Math.min(now + rule.offerSeconds * 1000, start);
  const { resources } = request;
  return { span: { start, end }, startsAt: start, endsAt: end, startsNow: false, resources, expiresAt };
}

/** Every run inside the window whose start is allowed, earliest first, whether or not there is room for it. */
export function candidates(request: ExecutionRequest, rule: OfferRule, now: Millis): Candidate[] {
  const window = bookingWindow(rule, now);
  const { from, until } = startWindow(request.start, now);
  const atOnce = from <= now && now <= until ? candidatesNow(request, rule, now) : [];
  const later = slotsIn(rule, window)
    .filter((start) => start >= from && start <= until && !startsTooSoon(rule, start, now))
    .map((start) => candidateAt(start, request, rule, now));
  return [...atOnce, ...later].filter((candidate) => candidate.span.end <= window.end);
}

const startWindow = (start: RequestedStart, now: Millis) =>
  start.kind === "now" ? { from: now, until: Number.POSITIVE_INFINITY } : start;

const overlap = (a: TimeSpan, b: TimeSpan): boolean => a.start < b.end && b.start < a.end;

const slotsOf = (span: TimeSpan, slots: readonly SlotCapacity[]): readonly SlotCapacity[] =>
  slots.filter((slot) => slot.start >= span.start && slot.start < span.end);

/** Whether there is room for a candidate in each of its slots. */
export function hasRoom(candidate: Candidate, slots: readonly SlotCapacity[]): boolean {
  return slotsOf(candidate.span, slots).every((slot) => fitsInto(candidate.resources, freeFor(slot)));
}

/** 0..1: the smallest share of any asked resource that the platform would have left over all its slots. */
function room(candidate: Candidate, slots: readonly SlotCapacity[]): number {
  const shares = slotsOf(candidate.span, slots).flatMap((slot) => {
    const { limit, used } = slot.accounts.platform;
    const left = leftOf(limit, used);
    return resourceNames.filter((name) => limit[name] > 0).map((name) => left[name] / limit[name]);
  });
  return Math.min(...shares);
}

/** Strategy `soonest`: the first that fits. */
export const soonest = (fitting: readonly Candidate[]): Candidate | undefined => fitting[0];

/** Strategy `roomiest`: where the platform has most room, so that it is quick there; of equals the earliest. */
export function roomiest(fitting: readonly Candidate[], slots: readonly SlotCapacity[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of fitting) {
    if (!best || room(candidate, slots) > room(best, slots)) best = candidate;
  }
  return best;
}

/**
 * Decides which offers a request gets: the soonest, then later ones, the last place going to the roomiest; earliest
 * first. The offers of a set never overlap, so that a set holds no more of a slot than one session would use.
 */
export function chooseOffers(
  request: ExecutionRequest,
  rule: OfferRule,
  slots: readonly SlotCapacity[],
  now: Millis,
): ChosenOffer[] {
  const chosen: ChosenOffer[] = [];
  let fitting = candidates(request, rule, now).filter((candidate) => hasRoom(candidate, slots));
  const choose = (candidate: Candidate | undefined, strategy: OfferStrategy) => {
    if (!candidate || chosen.length >= rule.maxOffers) return;
    chosen.push({ ...candidate, strategy });
    fitting = fitting.filter((other) => !overlap(other.span, candidate.span));
  };
  choose(soonest(fitting), "soonest");
  while (chosen.length < rule.maxOffers - 1 && fitting.length > 0) choose(soonest(fitting), "later");
  choose(roomiest(fitting, slots), "roomiest");
  return chosen.sort((a, b) => a.startsAt - b.startsAt);
}

/** Something that can be had instead; `request` asks for exactly this. */
export interface WayForward {
  readonly kind: "earlier" | "later" | "smaller" | "shorter";
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly request: ExecutionRequest;
}

const startExactly = (candidate: Candidate): RequestedStart =>
  candidate.startsNow ? { kind: "now" } : { kind: "window", from: candidate.startsAt, until: candidate.startsAt };

/**
 * What to propose when a request gets no offer: the same shape as late as possible before the asked start, the same shape
 * as early as possible after it, the largest smaller shape at the first time that has any room, and the longest shorter
 * run at the asked start.
 */
export function waysForward(
  request: ExecutionRequest,
  rule: OfferRule,
  slots: readonly SlotCapacity[],
  now: Millis,
): WayForward[] {
  const anyTime: ExecutionRequest = { ...request, start: { kind: "now" } };
  const asked = candidates(request, rule, now);
  const wished = startWindow(request.start, now);
  const first = asked[0]?.startsAt ?? wished.from;
  const last = asked.at(-1)?.startsAt ?? wished.from;
  const fitting = candidates(anyTime, rule, now).filter((candidate) => hasRoom(candidate, slots));
  const way = (kind: WayForward["kind"], candidate: Candidate | undefined): WayForward[] => {
    if (!candidate) return [];
    const { startsAt, endsAt, resources } = candidate;
    return [{ kind, startsAt, endsAt, request: { ...request, resources, start: startExactly(candidate) } }];
  };
  return [
    ...way(
      "earlier",
      fitting.findLast((candidate) => candidate.startsAt < first),
    ),
    ...way(
      "later",
      fitting.find((candidate) => candidate.startsAt > last),
    ),
    ...way(
      "smaller",
      asked.map((candidate) => shrunk(candidate, slots)).find((candidate) => candidate !== null) ?? undefined,
    ),
    ...shorter(request, rule, slots, now),
  ];
}

/** The longest run that is shorter than asked and has room at the first asked start. */
function shorter(
  request: ExecutionRequest,
  rule: OfferRule,
  slots: readonly SlotCapacity[],
  now: Millis,
): WayForward[] {
  for (let durationSlots = request.durationSlots - 1; durationSlots >= 1; durationSlots--) {
    const first = candidates({ ...request, durationSlots }, rule, now)[0];
    if (!first) return [];
    if (!hasRoom(first, slots)) continue;
    const { startsAt, endsAt } = first;
    return [{ kind: "shorter", startsAt, endsAt, request: { ...request, durationSlots, start: startExactly(first) } }];
  }
  return [];
}

/** The candidate with as much of what it asked as its slots have; null when that is no session any more. */
function shrunk(candidate: Candidate, slots: readonly SlotCapacity[]): Candidate | null {
  const free = slotsOf(candidate.span, slots).map(freeFor).reduce(smallerOf);
  const resources = mapResources((name) => Math.min(candidate.resources[name], free[name]));
  return resources.cores >= 1 && resources.memoryGiB >= 1 ? { ...candidate, resources } : null;
}

/** Where and why the first asked start has no room; null when no start was possible at all. */
export function whyNot(
  request: ExecutionRequest,
  rule: OfferRule,
  slots: readonly SlotCapacity[],
  now: Millis,
): { readonly slot: SlotCapacity; readonly scarcity: Scarcity } | null {
  const first = candidates(request, rule, now)[0];
  const slot = first && slotsOf(first.span, slots).find((one) => !fitsInto(request.resources, freeFor(one)));
  return slot ? { slot, scarcity: scarcest(slot, request.resources) } : null;
}
