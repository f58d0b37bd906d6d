"use client";

import { Icon } from "#components/ui/icon.tsx";
import { typeWords } from "#components/ui/type-words.ts";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { canOpen, isStartingAgain, opensLater } from "./link-state.ts";
import { whenItOpens } from "./session-state.ts";

/** The way into the session; while the link does not answer, or its slot has not begun, it is no button. */
export function OpenSession({ session, now }: { session: SessionDetailView; now: Millis }) {
  const zones = useZones();
  if (!canOpen(session, now)) {
    const isReady = opensLater(session, now);
    const isTurning = session.phase === "PREPARING" || isStartingAgain(session);
    return (
      <p className="not-yet">
        <Icon name={isReady ? "check" : "preparing"} className={isTurning ? "turning" : ""} />
        {whenItOpens(session, now, zones)}
      </p>
    );
  }
  return (
    <>
      <a className="btn primary big" href={`/sessions/${session.id}/open`} target="_blank" rel="noreferrer">
        <Icon name="open" />
        {typeWords[session.executable.type].open}
        <span className="unseen"> in a new tab</span>
      </a>
      <span className="small quiet">new tab, yours alone</span>
    </>
  );
}
