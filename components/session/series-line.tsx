"use client";

import { endSeries } from "#app/actions/booking.ts";
import { ChangeTrouble } from "#components/change/change-trouble.tsx";
import { useChange } from "#components/change/use-change.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionView } from "#lib/api/view.ts";
import { seriesWords } from "./series-words.ts";

/** The repetition that a session belongs to, and the end of it. The region stays, so that its end is read out. */
export function SeriesLine({ session: { series } }: { session: SessionView }) {
  const zones = useZones();
  const ending = useChange((id: string) => endSeries(id));
  if (series === null) return null;
  return (
    <div className="series-line">
      <p className="small" role="status">
        <Icon name="again" />
        {seriesWords(series, zones)}
      </p>
      {series.nextAt !== null && (
        <button type="button" className="btn" aria-disabled={ending.isPending} onClick={() => ending.run(series.id)}>
          {ending.isPending ? "Stopping…" : "Stop repeating"}
        </button>
      )}
      {series.trouble !== null && <p className="small quiet why">Last time: {series.trouble}</p>}
      <ChangeTrouble {...ending} />
    </div>
  );
}
