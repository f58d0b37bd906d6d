import { expect } from "vitest";
import type { AccountKind } from "#lib/booking/capacity.ts";
import type { Refusal } from "#lib/booking/refusal.ts";
import { fitsInto, type Resources, resourceNames } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import {
  budgetRefuser,
  HOUR,
  hours,
  lacks,
  liveSets,
  MINUTE,
  type Model,
  type ModelSession,
  none,
  refuser,
  runningSlot,
  type Wish,
  windowEnd,
} from "./model.ts";

/** A run that a request allows, whether or not there is room: of the least duration. */
interface Run {
  readonly from: Millis;
  readonly until: Millis;
  readonly startsNow: boolean;
}

/** What will do. */
const least = ({ request }: Wish): Resources => request.minResources ?? request.resources;
const leastSlots = ({ request }: Wish): number => request.minDurationSlots ?? request.durationSlots;

/** Now: the rest of the running slot and the whole duration. Later: whole slots. All inside the window. */
export function runsFor(model: Model, wish: Wish, slots: number = leastSlots(wish)): Run[] {
  const slot = runningSlot(model);
  const { start } = wish.request;
  const [first, last] = start.kind === "now" ? [model.now, Number.POSITIVE_INFINITY] : [start.from, start.until];
  const isAtOnce = first <= model.now && model.now + 10_000 <= last;
  const atOnce = isAtOnce ? [{ from: slot, until: slot + (slots + 1) * HOUR, startsNow: true }] : [];
  // A slot that starts in less than a minute is offered to nobody.
  const later = hours(slot, windowEnd(model))
    .filter((from) => from >= first && from <= last && from - model.now >= MINUTE)
    .map((from) => ({ from, until: from + slots * HOUR, startsNow: false }));
  return [...atOnce, ...later].filter((run) => run.until <= windowEnd(model));
}

/** Whether a request is refused whatever is free: too big, or at no time of the window. */
export function isImpossible(model: Model, wish: Wish): boolean {
  const { start } = wish.request;
  const isOutside =
    start.kind === "window" && (start.until < runningSlot(model) || start.from > windowEnd(model) - HOUR);
  return isOutside || isTooBig(model, wish);
}

/** Whether the whole platform has not the least that would do. */
export const isTooBig = (model: Model, wish: Wish): boolean => !fitsInto(least(wish), model.limits.platform);

/** Whether there is room for a run of that size. */
const hasRoom = (model: Model, { person }: Wish, run: Run, asked: Resources): boolean =>
  hours(run.from, run.until).every((slot) => !model.closed.has(slot) && refuser(model, person, slot, asked) === null) &&
  budgetRefuser(model, person, asked, (run.until - run.from) / HOUR) === null;

/** The runs there is room for, with the least that will do. */
export const fittingRuns = (model: Model, wish: Wish): Run[] =>
  runsFor(model, wish).filter((run) => hasRoom(model, wish, run, least(wish)));

/** The broker answered a request: that has to be right, and what it offered is then in the model too. */
export async function checkAnswer(
  model: Model,
  wish: Wish,
  answer: { readonly offerSetId: string } | { readonly refusal: Refusal | undefined },
): Promise<void> {
  const fitting = fittingRuns(model, wish);
  const isFull = liveSets(model, wish.person).length >= model.offerSets;
  if ("offerSetId" in answer) {
    expect(fitting, "offers although nothing fits").not.toEqual([]);
    expect(isFull, "offers beyond the cap").toBe(false);
    return takeOver(model, wish, answer.offerSetId);
  }
  const { refusal } = answer;
  if (fitting.length > 0 && !isFull) expect(refusal, "a no although something fits").toBeUndefined();
  if (fitting.length > 0) expect(refusal?.code).toBe("TOO_MANY_OFFERS");
  else expect(isTrue(model, wish, refusal), `whether it is true: ${JSON.stringify(refusal)}`).toBe(true);
}

/** Each offer has to be a run that fits, all together as well, the earliest first. */
export async function takeOver(
  model: Model,
  wish: Wish,
  set: string,
  hold: { readonly ms: Millis; readonly most: number } = { ms: model.offerMs, most: model.maxOffers },
): Promise<void> {
  const offers = await offersIn(set, wish.person);
  const fitting = fittingRuns(model, wish);
  expect(offers.length).toBeGreaterThan(0);
  expect(offers.length).toBeLessThanOrEqual(hold.most);
  expect(offers[0]?.from, "the earliest comes first").toBe(fitting[0]?.from);
  for (const offer of offers) {
    const { from, until, startsNow, resources } = offer;
    const slots = (until - from) / HOUR - (startsNow ? 1 : 0);
    expect(slots, "long enough").toBeGreaterThanOrEqual(leastSlots(wish));
    expect(slots, "no longer than wished").toBeLessThanOrEqual(wish.request.durationSlots);
    expect(fitsInto(least(wish), resources) && fitsInto(resources, wish.request.resources), "its size").toBe(true);
    expect(runsFor(model, wish, slots), "a run that is allowed").toContainEqual({ from, until, startsNow });
    expect(hasRoom(model, wish, { from, until, startsNow }, resources), "an offer that does not fit").toBe(true);
    expect(offer.startsAt).toBe(startsNow ? model.now : from);
    expect(offer.endsAt).toBe(until);
    const { start } = wish.request;
    const latest = startsNow
      ? Math.min(from + HOUR, start.kind === "now" ? Number.POSITIVE_INFINITY : start.until)
      : from;
    // A second before it starts, as a start has to lie after the acceptance.
    expect(offer.expiresAt).toBe(Math.min(model.now + hold.ms, latest - 1_000));
  }
  model.sessions.push(...offers);
  model.wishes.set(set, wish);
  for (const slot of new Set(offers.flatMap((offer) => hours(offer.from, offer.until)))) {
    const all = resourceNames.some((name) => offers.some((offer) => offer.resources[name] > 0));
    expect(all && lacks(model, "platform", wish.person, slot, none), "the holds of a set exceed the platform").toBe(
      false,
    );
  }
}

/** Whether a refusal is true: of the slot it names, or of the budget. */
function isTrue(model: Model, wish: Wish, refusal: Refusal | undefined): boolean {
  const slot = refusal?.slot ?? Number.NaN;
  const asked = least(wish);
  const quotas: readonly AccountKind[] = ["project", "user"];
  switch (refusal?.code) {
    case "SLOT_CLOSED":
      return model.closed.has(slot);
    case "NO_CAPACITY":
      return lacks(model, "platform", wish.person, slot, asked);
    case "QUOTA_REACHED":
      return refuser(model, wish.person, slot, asked, quotas) !== null;
    case "BUDGET_REACHED":
      return runsFor(model, wish).some((run) =>
        budgetRefuser(model, wish.person, asked, (run.until - run.from) / HOUR),
      );
    case "OUTSIDE_WINDOW":
      return runsFor(model, wish).length === 0;
    case "BEYOND_PLATFORM":
      return isTooBig(model, wish);
    default:
      return false;
  }
}

async function offersIn(set: string, person: number): Promise<ModelSession[]> {
  const rows = await database().prisma.session.findMany({ where: { offerSetId: set }, orderBy: { position: "asc" } });
  return rows.map((row) => ({
    id: row.id,
    set,
    person,
    resources: { cores: row.cores, memoryGiB: row.memoryGib, gpus: row.gpus },
    from: row.slotsFrom.getTime(),
    until: row.slotsUntil.getTime(),
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    startsNow: row.startsNow,
    expiresAt: row.expiresAt.getTime(),
    phase: "OFFERED",
    acceptedAt: null,
  }));
}
