"use client";

import { Note } from "#components/ui/note.tsx";
import type { CalendarView, OfferSetView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { useWaitTitle } from "./use-wait-title.ts";

interface DeskNewsProps {
  readonly view: CalendarView;
  readonly now: Millis;
  readonly held: OfferSetView | null;
  readonly isBroken: boolean;
}

/** What is read out when it happens: offers that are held, what the waiting list brought, and trouble with the server. */
export function DeskNews({ view, now, held, isBroken }: DeskNewsProps) {
  const brought = useWaitTitle(view, now);
  const count = held?.offers.length ?? 0;
  return (
    <>
      {isBroken && (
        <div className="unready" role="alert">
          <Note tone="failed" icon="lost">
            <h2>That did not get through</h2>
            <p>
              The server did not answer as it should. Look at your sessions before you try again: it may have been done.
            </p>
          </Note>
        </div>
      )}
      <p className="unseen" role="status">
        {count > 0 && `${count === 1 ? "1 offer is" : `${count} offers are`} held for you.`}
      </p>
      <p className="unseen" role="status">
        {brought}
      </p>
    </>
  );
}
