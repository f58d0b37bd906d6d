import { type Capacity, freeOnPlatform, type SlotCapacity } from "./capacity.ts";
import { type ExecutionRequest, leastOf } from "./request.ts";
import { fitsInto, type Resources, smallerOf } from "./resources.ts";
import { type Millis, type SlotRule, slotLength } from "./slot.ts";

/** What a platform had left in each slot, by its start. */
export type FreeBySlot = ReadonlyMap<Millis, Resources>;

export const freeBySlot = (slots: readonly SlotCapacity[]): FreeBySlot =>
  new Map(slots.map((slot) => [slot.start, freeOnPlatform(slot)]));

/** The least of both, slot by slot, where the first has the slot too. */
export const leastBySlot = (a: FreeBySlot, b: FreeBySlot): FreeBySlot =>
  new Map(
    [...b].flatMap(([start, free]) => {
      const other = a.get(start);
      return other ? [[start, smallerOf(free, other)] as const] : [];
    }),
  );

/** The capacity as it would be if nothing but the slots of the platform limited anybody: no project, no user, no budget. */
export function platformAlone({ slots }: Capacity): Capacity {
  const none = { coreHours: null, gpuHours: null };
  const alone = (slot: SlotCapacity): SlotCapacity => {
    const { platform } = slot.accounts;
    return { ...slot, accounts: { platform, project: platform, user: platform } };
  };
  return { slots: slots.map(alone), budgets: { platform: none, project: none, user: none } };
}

/** Whether a platform has more left in any slot than it had, or a slot more. */
export const hasMoreThan = (slots: readonly SlotCapacity[], before: FreeBySlot): boolean =>
  slots.some((slot) => {
    const had = before.get(slot.start);
    return had === undefined || !fitsInto(freeOnPlatform(slot), had);
  });

/** Whether the platform alone has room for the least of a request in any slot it could run in: a quick no for most who wait. */
export function couldFit(
  request: ExecutionRequest,
  rule: SlotRule,
  slots: readonly SlotCapacity[],
  now: Millis,
): boolean {
  const { resources } = leastOf(request);
  const { start } = request;
  const [from, until] = start.kind === "now" ? [now, Number.POSITIVE_INFINITY] : [start.from, start.until];
  const length = slotLength(rule);
  return slots.some(
    (slot) => slot.start > from - length && slot.start <= until && fitsInto(resources, freeOnPlatform(slot)),
  );
}
