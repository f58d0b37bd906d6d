import fc from "fast-check";
import type { OfferRule } from "#lib/booking/candidates.ts";
import type { AccountKind, Budget, Capacity, LedgerEntry } from "#lib/booking/capacity.ts";
import type { ExecutionRequest, RequestedStart } from "#lib/booking/request.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { bookingWindow, type Millis, slotLength, slotsIn } from "#lib/booking/slot.ts";

/** Somebody who asks a platform for something at some time: any request, of a range or not, on any ledger. */
export interface Situation {
  readonly rule: OfferRule & { readonly limit: Resources };
  readonly now: Millis;
  readonly capacity: Capacity;
  readonly request: ExecutionRequest;
}

/** The size of every platform in here: small, so that all possible sizes can be tried one by one. */
export const LIMIT: Resources = { cores: 6, memoryGiB: 6, gpus: 1 };
export const NOTHING: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };
export const NO_BUDGET: Budget = { coreHours: null, gpuHours: null };

const upTo = ({ cores, memoryGiB, gpus }: Resources) =>
  fc.record({ cores: fc.nat(cores), memoryGiB: fc.nat(memoryGiB), gpus: fc.nat(gpus) });

/** Sometimes more is used than the limit allows, as it may have been lowered. */
const someEntry: fc.Arbitrary<LedgerEntry> = fc.record({
  used: fc.oneof({ weight: 9, arbitrary: fc.constant(NOTHING) }, { weight: 1, arbitrary: upTo(LIMIT) }),
  limit: fc.oneof({ weight: 9, arbitrary: fc.constant(LIMIT) }, { weight: 1, arbitrary: upTo(LIMIT) }),
});
const perAccount = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<Record<AccountKind, T>> =>
  fc.record({ platform: one, project: one, user: one });
const someSlot = fc.record({
  closed: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.constant("maintenance")),
  accounts: perAccount(someEntry),
});

const someHours = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 120 }).map((halves) => halves / 2) },
);
const someBudget: fc.Arbitrary<Budget> = fc.record({ coreHours: someHours, gpuHours: someHours });

const someRule = fc.record({
  slotMinutes: fc.constantFrom(20, 60, 120),
  windowHours: fc.constantFrom(4, 8, 24),
  maxOffers: fc.integer({ min: 1, max: 8 }),
  offerSeconds: fc.constant(300),
  limit: fc.constant(LIMIT),
});

/** An amount and a least of it, which is often the same. */
const range = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })).map(([a, b]) => ({
    most: Math.max(a, b),
    least: Math.min(a, b),
  }));

const HOUR: Millis = 3_600_000;
const MIDNIGHT: Millis = Date.UTC(2026, 10, 26);

const someStart = (now: Millis, hours: number): fc.Arbitrary<RequestedStart> =>
  fc.oneof(
    fc.constant<RequestedStart>({ kind: "now" }),
    fc
      .tuple(fc.integer({ min: -2 * HOUR, max: hours * HOUR }), fc.nat(hours * HOUR))
      .map(([from, length]): RequestedStart => ({ kind: "window", from: now + from, until: now + from + length })),
  );

/** Any request; `isRanged` says whether less will do. */
const someRequest = (now: Millis, hours: number): fc.Arbitrary<ExecutionRequest> =>
  fc
    .record({
      cores: range(1, LIMIT.cores),
      memoryGiB: range(1, LIMIT.memoryGiB),
      gpus: range(0, LIMIT.gpus),
      slots: range(1, 5),
      isRanged: fc.boolean(),
      hasShortest: fc.boolean(),
      start: someStart(now, hours),
    })
    .map(({ cores, memoryGiB, gpus, slots, isRanged, hasShortest, start }) => ({
      executable: { type: "notebook", image: null },
      resources: { cores: cores.most, memoryGiB: memoryGiB.most, gpus: gpus.most },
      ...(isRanged ? { minResources: { cores: cores.least, memoryGiB: memoryGiB.least, gpus: gpus.least } } : {}),
      durationSlots: slots.most,
      ...(hasShortest ? { minDurationSlots: slots.least } : {}),
      start,
    }));

export const someSituation: fc.Arbitrary<Situation> = someRule.chain((rule) =>
  fc
    // Sometimes in the last minute of a slot, where "now" is another matter.
    .oneof(fc.nat(slotLength(rule) - 1), fc.integer({ min: slotLength(rule) - 60_000, max: slotLength(rule) - 1 }))
    .chain((into) => {
      const now = MIDNIGHT + 12 * HOUR + into;
      const starts = slotsIn(rule, bookingWindow(rule, now));
      return fc.record({
        rule: fc.constant(rule),
        now: fc.constant(now),
        request: someRequest(now, rule.windowHours),
        capacity: fc.record({
          slots: fc
            .array(someSlot, { minLength: 1, maxLength: starts.length })
            .map((some) =>
              starts.map((start, index) => ({ start, ...(some[index % some.length] as (typeof some)[0]) })),
            ),
          budgets: perAccount(someBudget),
        }),
      });
    }),
);
