import { type Candidate, candidates, type OfferRule, requestFor, startWindow } from "./candidates.ts";
import type { Capacity } from "./capacity.ts";
import { runsThatFit } from "./offers.ts";
import { checkRequest, type ExecutionRequest, leastOf, leastResources, type PlatformFacts } from "./request.ts";
import { largestRun, type Room, roomIn } from "./room.ts";
import type { Millis } from "./slot.ts";

/** Something that can be had instead; `request` asks for exactly this. */
export interface WayForward {
  readonly kind: "earlier" | "later" | "smaller" | "shorter" | "elsewhere";
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly request: ExecutionRequest;
  /** Where; only of "elsewhere", all others are on the platform that was asked. */
  readonly platform?: { readonly name: string; readonly title: string };
}

/**
 * What to propose when a request gets no offer: what was asked as late as possible before the asked start, the same as
 * early as possible after it, the largest smaller shape at the first asked time that has any room, and the longest
 * shorter run at the asked start. Each can be asked for as it stands.
 */
export function waysForward(request: ExecutionRequest, rule: OfferRule, capacity: Capacity, now: Millis): WayForward[] {
  const room = roomIn(capacity, rule);
  const asked = candidates(request, rule, now);
  const wished = startWindow(request.start, now);
  const first = asked[0]?.startsAt ?? wished.from;
  const last = asked.at(-1)?.startsAt ?? wished.from;
  const anyTime = runsThatFit({ ...request, start: { kind: "now" } }, rule, room, now);
  // Of two runs that start at once, the first is the one that is offered.
  const before = anyTime.findLast((run) => run.startsAt < first)?.startsAt;
  const way = (kind: WayForward["kind"], run: Candidate | null | undefined): WayForward[] =>
    run ? [{ kind, startsAt: run.startsAt, endsAt: run.endsAt, request: requestFor(run, request) }] : [];
  return [
    ...way(
      "earlier",
      anyTime.find((run) => run.startsAt === before),
    ),
    ...way(
      "later",
      anyTime.find((run) => run.startsAt > last),
    ),
    ...way("smaller", smaller(request, asked, room)),
    ...way("shorter", shorter(request, rule, room, now)),
  ];
}

/** The first asked start with room for any session at all, as large as can be had there. */
function smaller(request: ExecutionRequest, asked: readonly Candidate[], room: Room): Candidate | null {
  const bounds = { least: leastResources, most: request.resources, mostSlots: request.durationSlots };
  for (const candidate of asked) {
    const run = largestRun(candidate, bounds, room);
    if (run) return run;
  }
  return null;
}

/** The longest run that is shorter than what would do, at the first asked start, as large as can be had for that long. */
function shorter(request: ExecutionRequest, rule: OfferRule, room: Room, now: Millis): Candidate | null {
  const least = leastOf(request);
  if (least.durationSlots <= 1) return null;
  const starts = candidates({ ...request, minDurationSlots: 1 }, rule, now);
  for (const start of starts.filter(({ startsAt }) => startsAt === starts[0]?.startsAt)) {
    const bounds = { least: least.resources, most: least.resources, mostSlots: least.durationSlots - 1 };
    const run = largestRun(start, bounds, room);
    if (run) return largestRun(run, { ...bounds, most: request.resources, mostSlots: run.durationSlots }, room);
  }
  return null;
}

/**
 * The earliest run of the same request on another platform, with its size and its capacity for the same user; null when
 * it is impossible there or has no room at the asked time. The duration counts in slots of that platform (`inSlotsOf`).
 */
export function elsewhere(
  request: ExecutionRequest,
  platform: OfferRule & PlatformFacts & { readonly name: string; readonly title: string },
  capacity: Capacity,
  now: Millis,
): WayForward | null {
  if (checkRequest(request, platform, now).length > 0) return null;
  const [run] = runsThatFit(request, platform, roomIn(capacity, platform), now);
  if (!run) return null;
  const { name, title } = platform;
  const { startsAt, endsAt } = run;
  return { kind: "elsewhere", startsAt, endsAt, request: requestFor(run, request), platform: { name, title } };
}
