"use client";

import { Note } from "#components/ui/note.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionView } from "#lib/api/view.ts";
import { isLive } from "#lib/booking/phase.ts";
import { clock, zoneName } from "#lib/client/zoned-time.ts";

/** That nobody computes, and when it ends for that. The region is always there, so that what appears in it is read out. */
export function IdleNote({ session: { idleEndsAt, phase, endsAt } }: { session: SessionView }) {
  const { shown } = useZones();
  const isIdle = isLive(phase) && idleEndsAt !== null && idleEndsAt < endsAt;
  return (
    <div className="end-warning" aria-live="polite">
      {isIdle && (
        <Note tone="warning" icon="bell">
          <p>
            <b>Nothing has been computed for a while.</b> The session ends at {clock(idleEndsAt, shown)}{" "}
            {zoneName(shown)} unless you run something.
          </p>
        </Note>
      )}
    </div>
  );
}
