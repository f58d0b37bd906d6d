"use client";

import { useZones } from "#components/ui/use-zones.ts";
import { type SlotRule, slotLength } from "#lib/booking/slot.ts";
import { dayAndClock, daySpan } from "#lib/client/zoned-time.ts";
import type { LimitChange } from "./use-limit-change.ts";

const DAY_MS = 86_400_000;

/** Which slots it is about: whole slots, so they may reach further than the times that were typed. */
export function ClosingSentence({ change, rule }: { change: LimitChange; rule: SlotRule }) {
  const zones = useZones();
  const closings = change.preview?.closings ?? [];
  const [first, last] = [closings[0], closings.at(-1)];
  if (!first || !last) return null;
  const end = last.slot + slotLength(rule);
  const span =
    end - first.slot < DAY_MS
      ? daySpan(first.slot, end, zones)
      : `${dayAndClock(first.slot, zones)} until ${dayAndClock(end, zones)}`;
  const slots = closings.length === 1 ? "1 slot" : `${closings.length} slots`;
  return (
    <p className="small quiet">
      {slots}: {span}.
    </p>
  );
}
