"use client";

import Link from "next/link";
import { PhaseChip } from "#components/ui/phase-chip.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionView } from "#lib/api/view.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { daySpan, spanBeside } from "#lib/client/zoned-time.ts";

/** A session that is over, and why. */
export function PastSession({ session }: { session: SessionView }) {
  const zones = useZones();
  const { id, startsAt, endsAt, resources, phase, reason } = session;
  const beside = spanBeside(startsAt, endsAt, zones);
  return (
    <li>
      <PhaseChip phase={phase} />
      <div>
        <p>
          <Link href={`/sessions/${id}`}>{daySpan(startsAt, endsAt, zones)}</Link>
        </p>
        <p className="small quiet">{[beside, shapeInWords(resources)].filter(Boolean).join(" · ")}</p>
      </div>
      <p className="small quiet">{reason}</p>
    </li>
  );
}
