"use client";

import { SignInFirst } from "#components/credentials/sign-in-first.tsx";
import { LiveState } from "#components/ui/live-state.tsx";
import { ReadinessMark, ReadinessNote } from "#components/ui/readiness.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { CalendarView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clock, day, zoneName } from "#lib/client/zoned-time.ts";

/** The page's title, and what its reader should know of platform, line and window. */
export function CalendarTop({ view, windowEnd }: { view: CalendarView; windowEnd: Millis }) {
  const { shown } = useZones();
  const { title, readiness } = view.platform;
  return (
    <>
      <div className="top">
        <h1>Book an hour</h1>
        <p className="sum">
          <ReadinessMark title={title} readiness={readiness} />
          <LiveState />
          <span className="quiet">
            Window ends {day(windowEnd, shown)} {clock(windowEnd, shown)} {zoneName(shown)}
          </span>
        </p>
      </div>
      <ReadinessNote readiness={readiness} />
      <SignInFirst platform={title} />
    </>
  );
}
