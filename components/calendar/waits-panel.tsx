"use client";

import { useEffect, useRef } from "react";
import { isNowhere } from "#components/wizard/focus-offers.ts";
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
  const heading = useRef<HTMLHeadingElement>(null);
  const count = view.waits.length;
  // What was pressed to join or to leave is gone; whoever pressed it goes on here.
  useEffect(() => {
    if (count > 0 && (waiting.hasJoined || waiting.hasLeft) && isNowhere()) heading.current?.focus();
  }, [count, waiting.hasJoined, waiting.hasLeft]);
  if (count === 0) return null;
  return (
    <section className="panel waits" aria-labelledby="waits-h">
      <header className="spread">
        <h2 ref={heading} id="waits-h" tabIndex={-1}>
          You wait for
        </h2>
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
