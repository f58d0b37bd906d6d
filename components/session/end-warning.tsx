"use client";

import { Note } from "#components/ui/note.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionView } from "#lib/api/view.ts";
import { isLive } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clock, zoneName } from "#lib/client/zoned-time.ts";
import { warningAt } from "./warnings.ts";

/** The warnings before the end. The region is always there, so that what appears in it is read out. */
export function EndWarning({ session, now }: { session: SessionView; now: Millis }) {
  const { shown } = useZones();
  const { startsAt: start, endsAt: end, phase } = session;
  const minutes = isLive(phase) ? warningAt({ start, end }, now) : null;
  return (
    <div className="end-warning" aria-live="polite">
      {minutes !== null && (
        <Note tone="warning" icon="warning">
          <p>
            <b>Less than {minutes} minutes left.</b> It ends {clock(end, shown)} {zoneName(shown)} sharp: save your
            work.
          </p>
        </Note>
      )}
    </div>
  );
}
