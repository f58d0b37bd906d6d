import fc from "fast-check";
import { expect } from "vitest";
import type { Refusal } from "#lib/booking/refusal.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { fitsInto, type Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { requestOffers } from "#lib/broker/request-offers.ts";
import { database } from "#lib/db/client.ts";
import { Command, personOf } from "../command.ts";
import {
  HOUR,
  hours,
  lacks,
  liveSets,
  type Model,
  type ModelSession,
  refuser,
  runningSlot,
  windowEnd,
} from "../model.ts";
import { platformNow } from "../platform-now.ts";

/** What is wished, in slots from the running one; `first` 0 is "now". */
interface Wish {
  readonly person: number;
  readonly resources: Resources;
  readonly slots: number;
  readonly first: number;
  readonly last: number;
}

/** Somebody asks for offers. */
export const requestCommand = fc
  .record({
    person: fc.nat(2),
    resources: fc.record({
      cores: fc.integer({ min: 1, max: 4 }),
      memoryGiB: fc.integer({ min: 1, max: 8 }),
      gpus: fc.nat(1),
    }),
    slots: fc.integer({ min: 1, max: 3 }),
    first: fc.nat(5),
    more: fc.nat(5),
  })
  .map(({ more, ...wish }) => askFor({ ...wish, last: wish.first + more }));

const askFor = (wish: Wish): Command =>
  new Command({
    title: `ask(person ${wish.person}, ${wish.resources.cores} cores, ${wish.resources.memoryGiB} GiB, ${wish.resources.gpus} GPUs, ${wish.slots} h, ${wish.first === 0 ? "now" : `in ${wish.first}–${wish.last} h`})`,
    perform: async (model, real) => {
      const runs = runsFor(model, wish);
      const fitting = runs.filter((run) => hours(run.from, run.until).every((slot) => isFree(model, wish, slot)));
      const { person } = wish;
      const { projectId } = real.universe;
      const platform = await platformNow(real);
      const user = personOf(real, person);
      const answer = await requestOffers({
        request: toRequest(model, wish),
        platform,
        projectId,
        user,
        now: model.now,
      });
      if (answer.ok) {
        expect(fitting, "offers although nothing fits").not.toEqual([]);
        expect(liveSets(model, person).length, "offers beyond the cap").toBeLessThan(model.offerSets);
        takeOver(model, wish, fitting, await offersIn(answer.value.offerSetId, person));
        return;
      }
      const [refusal] = answer.error.refusals;
      if (fitting.length > 0 && liveSets(model, person).length < model.offerSets) {
        expect(refusal, "a no although something fits").toBeUndefined();
      }
      if (fitting.length > 0) expect(refusal?.code).toBe("TOO_MANY_OFFERS");
      else expect(isTrue(model, wish, refusal), `whether it is true: ${JSON.stringify(refusal)}`).toBe(true);
    },
  });

/** A run that the request allows, whether or not there is room. */
interface Run {
  readonly from: Millis;
  readonly until: Millis;
  readonly startsNow: boolean;
}

/** Now: the rest of the running slot and the whole duration. Later: whole slots. All inside the window. */
function runsFor(model: Model, { slots, first, last }: Wish): Run[] {
  const slot = runningSlot(model);
  const atOnce = first === 0 ? [{ from: slot, until: slot + (slots + 1) * HOUR, startsNow: true }] : [];
  // A slot that starts in less than a minute is offered to nobody.
  const later = hours(slot + Math.max(1, first) * HOUR, first === 0 ? windowEnd(model) : slot + (last + 1) * HOUR)
    .filter((from) => from - model.now >= 60_000)
    .map((from) => ({ from, until: from + slots * HOUR, startsNow: false }));
  return [...atOnce, ...later].filter((run) => run.until <= windowEnd(model));
}

const isFree = (model: Model, wish: Wish, slot: Millis): boolean =>
  !model.closed.has(slot) && refuser(model, wish.person, slot, wish.resources) === null;

const toRequest = (model: Model, { resources, slots, first, last }: Wish): ExecutionRequest => {
  const slot = runningSlot(model);
  const from = slot + first * HOUR;
  return {
    executable: { type: "notebook", image: null },
    resources,
    durationSlots: slots,
    start: first === 0 ? { kind: "now" } : { kind: "window", from, until: slot + last * HOUR },
  };
};

/** Each offer has to be a run that fits, all together as well, the earliest first; then the model has them too. */
function takeOver(model: Model, wish: Wish, fitting: readonly Run[], offers: readonly ModelSession[]): void {
  expect(offers.length).toBeGreaterThan(0);
  expect(offers.length).toBeLessThanOrEqual(model.maxOffers);
  expect(offers[0]?.from, "the earliest comes first").toBe(fitting[0]?.from);
  for (const offer of offers) {
    const { from, until, startsNow } = offer;
    expect(fitting, "an offer that does not fit").toContainEqual({ from, until, startsNow });
    expect(offer.resources).toEqual(wish.resources);
    expect(offer.startsAt).toBe(startsNow ? model.now : from);
    expect(offer.endsAt).toBe(until);
    expect(offer.expiresAt).toBe(Math.min(model.now + model.offerMs, startsNow ? from + HOUR : from));
    model.sessions.push(offer);
  }
  for (const slot of new Set(offers.flatMap((offer) => hours(offer.from, offer.until)))) {
    const nothing = { cores: 0, memoryGiB: 0, gpus: 0 };
    expect(lacks(model, "platform", wish.person, slot, nothing), "the holds of a set exceed the platform").toBe(false);
  }
}

/** Whether a refusal is true of the slot it names. */
function isTrue(model: Model, wish: Wish, refusal: Refusal | undefined): boolean {
  const slot = refusal?.slot ?? Number.NaN;
  const { person, resources } = wish;
  switch (refusal?.code) {
    case "SLOT_CLOSED":
      return model.closed.has(slot);
    case "NO_CAPACITY":
      return lacks(model, "platform", person, slot, resources);
    case "QUOTA_REACHED":
      return refuser(model, person, slot, resources, ["project", "user"]) !== null;
    case "OUTSIDE_WINDOW":
      return runsFor(model, wish).length === 0;
    case "BEYOND_PLATFORM":
      return !fitsInto(resources, model.limits.platform);
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
