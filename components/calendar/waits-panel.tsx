"use client";

import { setOfWait } from "#components/wizard/offer-sets.ts";
import type { Waiting } from "#components/wizard/use-waiting.ts";
import type { CalendarView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { WaitRow } from "./wait-row.tsx";

interface WaitsPanelProps {
  readonly view: CalendarView;
  readonly now: Millis;
  readonly waiting: Waiting;
  readonly onOffer: (offerId: string) => void;
}

/** What I wait for, and what of it is mine to book now. */
export function WaitsPanel({ view, now, waiting, onOffer }: WaitsPanelProps) {
  if (view.waits.length === 0) return null;
  return (
    <section className="panel waits" aria-labelledby="waits-h">
      <header className="spread">
        <h2 id="waits-h">You wait for</h2>
        <span className="small quiet">You are offered it as soon as it is free; the page says so by itself.</span>
      </header>
      <ul>
        {view.waits.map((wait) => (
          <WaitRow
            key={wait.id}
            wait={wait}
            slotMinutes={view.platform.slotMinutes}
            set={setOfWait(wait, view.offerSets, now)}
            now={now}
            waiting={waiting}
            onOffer={onOffer}
          />
        ))}
      </ul>
    </section>
  );
}
