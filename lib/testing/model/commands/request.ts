import fc from "fast-check";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { mapResources, type Resources } from "#lib/booking/resources.ts";
import { requestOffers } from "#lib/broker/request-offers.ts";
import { checkAnswer, isImpossible } from "../asking.ts";
import { Command, personOf } from "../command.ts";
import { HOUR, type Model, runningSlot } from "../model.ts";
import { platformNow } from "../platform-now.ts";
import { takeOverServed } from "../serving.ts";

/** What is wished, in slots from the running one; `first` 0 is "now". `less`: what of it may be missing. */
export interface Wished {
  readonly person: number;
  readonly resources: Resources;
  readonly less: Resources;
  readonly slots: number;
  readonly fewer: number;
  readonly first: number;
  readonly more: number;
}

export const someWish: fc.Arbitrary<Wished> = fc.record({
  person: fc.nat(2),
  resources: fc.record({
    cores: fc.integer({ min: 1, max: 4 }),
    memoryGiB: fc.integer({ min: 1, max: 8 }),
    gpus: fc.nat(1),
  }),
  less: fc.record({
    cores: fc.oneof(fc.constant(0), fc.nat(2)),
    memoryGiB: fc.oneof(fc.constant(0), fc.nat(3)),
    gpus: fc.oneof(fc.constant(0), fc.nat(1)),
  }),
  slots: fc.integer({ min: 1, max: 3 }),
  fewer: fc.oneof(fc.constant(0), fc.nat(2)),
  first: fc.nat(5),
  more: fc.nat(5),
});

/** Somebody asks for offers. */
export const ask = (wished: Wished): Command =>
  new Command({
    title: `ask(${inWords(wished)})`,
    perform: async (model, real) => {
      const wish = { person: wished.person, request: toRequest(model, wished) };
      const { projectId } = real.universe;
      const platform = await platformNow(real);
      const user = personOf(real, wish.person);
      const { request } = wish;
      const answer = await requestOffers({ request, platform, projectId, user, now: model.now });
      await takeOverServed(model, real, !isImpossible(model, wish));
      await checkAnswer(model, wish, answer.ok ? answer.value : { refusal: answer.error.refusals[0] });
    },
  });

export const requestCommand = someWish.map(ask);

export function inWords({ person, resources, less, slots, fewer, first, more }: Wished): string {
  const range = (most: number, least: number) => (most > least ? `${least}–${most}` : `${most}`);
  const { cores, memoryGiB, gpus } = leastOf(resources, less);
  const size = `${range(resources.cores, cores)} cores, ${range(resources.memoryGiB, memoryGiB)} GiB, ${range(resources.gpus, gpus)} GPUs`;
  const when = first === 0 ? "now" : `in ${range(first + more, first)} h`;
  return `person ${person}, ${size}, ${range(slots, Math.max(1, slots - fewer))} h, ${when}`;
}

const leastOf = (resources: Resources, less: Resources): Resources =>
  mapResources((name) => Math.max(name === "gpus" ? 0 : 1, resources[name] - less[name]));

export function toRequest(model: Model, { resources, less, slots, fewer, first, more }: Wished): ExecutionRequest {
  const from = runningSlot(model) + first * HOUR;
  const isFlexible = less.cores + less.memoryGiB + less.gpus > 0;
  return {
    executable: { type: "notebook", image: null },
    resources,
    durationSlots: slots,
    start: first === 0 ? { kind: "now" } : { kind: "window", from, until: from + more * HOUR },
    ...(isFlexible ? { minResources: leastOf(resources, less) } : {}),
    ...(fewer > 0 ? { minDurationSlots: Math.max(1, slots - fewer) } : {}),
  };
}
