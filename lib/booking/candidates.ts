import type { ChoiceRule } from "./choices.ts";
import { type ExecutionRequest, leastOf, type RequestedStart } from "./request.ts";
import type { Resources } from "./resources.ts";
import { bookingWindow, type Millis, type SlotRule, slotLength, slotStart, slotsIn, type TimeSpan } from "./slot.ts";

/** How a platform hands out offers. */
export interface OfferRule extends SlotRule, ChoiceRule {
  /** Offers a request may get, 1 to 8. */
  readonly maxOffers: number;
  /** How long an offer is held, in seconds. */
  readonly offerSeconds: number;
}

/** A promise that could be made. `span`: the slots it takes, whole; `startsAt` and `endsAt`: the run inside them. */
export interface Candidate {
  readonly span: TimeSpan;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly startsNow: boolean;
  /** How long the run is at least, whenever it is accepted: the slots without those that may pass before. */
  readonly durationSlots: number;
  readonly resources: Resources;
  readonly expiresAt: Millis;
}

/** Nobody can decide faster: an offer that would have to be accepted sooner is not made. A quarter of a short slot. */
const decideTime = (rule: SlotRule): Millis => Math.min(60_000, slotLength(rule) / 4);

/** Whether a slot starts so soon that it is offered to nobody any more: only a start "now" still reaches it. */
export const startsTooSoon = (rule: SlotRule, start: Millis, now: Millis): boolean => start - now < decideTime(rule);

const SECOND: Millis = 1_000;

/** Somebody who sits at the page may manage this: better than no offer at all. */
const HURRY: Millis = 10_000;

/** What a run asks for in one go. */
interface Ask {
  readonly resources: Resources;
  readonly durationSlots: number;
}

/**
 * The runs that begin at once: the rest of the running slot, then the whole duration, so that it is long enough whenever
 * within the offer's life it is accepted. When the running slot ends too soon to decide, the next one counts as rest too;
 * should there be no room for that, the shorter one is offered to those who hurry.
 */
function candidatesNow(ask: Ask, rule: OfferRule, now: Millis, until: Millis): Candidate[] {
  const left = slotStart(rule, now) + slotLength(rule) - now;
  if (left >= decideTime(rule)) return [candidateNow(1, ask, rule, now, until)];
  const roomy = candidateNow(2, ask, rule, now, until);
  return left >= HURRY ? [roomy, candidateNow(1, ask, rule, now, until)] : [roomy];
}

/**
 * `rest`: how many slots, from the running one, may pass until the offer is accepted. It starts when it is accepted, so it expires
 * before the last start that was asked for, by the second that its span of starts has beyond that on the wire.
 */
function candidateNow(
  rest: number,
  { resources, durationSlots }: Ask,
  rule: OfferRule,
  now: Millis,
  until: Millis,
): Candidate {
  const length = slotLength(rule);
  const start = slotStart(rule, now);
  const end = start + (rest + durationSlots) * length;
  const expiresAt = Math.min(now + rule.offerSeconds * 1000, start + rest * length - SECOND, until - SECOND);
  return { span: { start, end }, startsAt: now, endsAt: end, startsNow: true, durationSlots, resources, expiresAt };
}

function candidateAt(start: Millis, { resources, durationSlots }: Ask, rule: OfferRule, now: Millis): Candidate {
  const end = start + durationSlots * slotLength(rule);
  const expiresAt = Math.min(now + rule.offerSeconds * 1000, start - SECOND);
  return { span: { start, end }, startsAt: start, endsAt: end, startsNow: false, durationSlots, resources, expiresAt };
}

/**
 * Every run inside the window whose start is allowed, earliest first, whether or not there is room for it: each with the
 * least that will do (`largestRun` says what can be had there instead).
 */
export function candidates(request: ExecutionRequest, rule: OfferRule, now: Millis): Candidate[] {
  const window = bookingWindow(rule, now);
  const { from, until } = startWindow(request.start, now);
  const ask = leastOf(request);
  const atOnce = from <= now && now + HURRY <= until ? candidatesNow(ask, rule, now, until) : [];
  const later = slotsIn(rule, window)
    .filter((start) => start >= from && start <= until && !startsTooSoon(rule, start, now))
    .map((start) => candidateAt(start, ask, rule, now));
  return [...atOnce, ...later].filter((candidate) => candidate.span.end <= window.end);
}

/** From when until when a session may start; "now" is at once, or else as soon as it can be had. */
export const startWindow = (start: RequestedStart, now: Millis): { readonly from: Millis; readonly until: Millis } =>
  start.kind === "now" ? { from: now, until: Number.POSITIVE_INFINITY } : start;

/** The request for exactly this run: its size, its duration, its start, and nothing less. */
export function requestFor(candidate: Candidate, { executable }: ExecutionRequest): ExecutionRequest {
  const { resources, durationSlots, startsAt, startsNow } = candidate;
  const start: RequestedStart = startsNow ? { kind: "now" } : { kind: "window", from: startsAt, until: startsAt };
  return { executable, resources, durationSlots, start };
}
