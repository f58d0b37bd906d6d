"use client";

import type { Millis } from "#lib/booking/slot.ts";
import { useNow } from "#lib/client/use-now.ts";
import { clock, day, zoneName } from "#lib/client/zoned-time.ts";
import { useZones } from "./use-zones.ts";

/** The time, in the viewer's zone and in UTC. */
export function TwoClocks({ onServer }: { onServer: Millis }) {
  const now = useNow(onServer);
  const { shown, beside } = useZones();
  const second = beside === null ? [] : [`${clock(now, beside)} ${zoneName(beside)}`];
  return (
    <p className="clock">
      <b>
        {clock(now, shown)} {zoneName(shown)}
      </b>
      <span>{[...second, day(now, shown)].join(" · ")}</span>
    </p>
  );
}
