"use client";

import { Icon } from "#components/ui/icon.tsx";
import { LiveState } from "#components/ui/live-state.tsx";
import { Note } from "#components/ui/note.tsx";
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
          <span className={readiness.ready ? "t-running" : "t-warning"}>
            <Icon name={readiness.ready ? "check" : "warning"} />
            {title} {readiness.ready ? "is ready" : "is not ready"}
          </span>
          <LiveState />
          <span className="quiet">
            Window ends {day(windowEnd, shown)} {clock(windowEnd, shown)} {zoneName(shown)}
          </span>
        </p>
      </div>
      {!readiness.ready && (
        <div className="unready" role="status">
          <Note tone="warning" icon="warning">
            <h2>Nothing can be booked now</h2>
            <p>{readiness.why}</p>
            <p>{readiness.cure}</p>
          </Note>
        </div>
      )}
    </>
  );
}
