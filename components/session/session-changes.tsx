"use client";

import { useQuery } from "@tanstack/react-query";
import { extendSession, shortenSession } from "#app/actions/booking.ts";
import { useChange } from "#components/change/use-change.ts";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { clockFrom, zoneName } from "#lib/client/zoned-time.ts";
import { CancelBooking } from "./cancel-booking.tsx";
import { EndPicker } from "./end-picker.tsx";
import { MoveBooking } from "./move-booking.tsx";
import { RepeatBooking } from "./repeat-booking.tsx";
import { whyNoExtension } from "./why-no-extension.ts";

/** Everything that can be changed about a booking: its end, its start, how often, and whether at all. */
export function SessionChanges({ session, now }: { session: SessionDetailView; now: Millis }) {
  const { shown } = useZones();
  const calendar = useQuery(calendarQuery).data ?? undefined;
  const { id, endsAt, changes } = session;
  const length = session.slotMinutes * 60_000;
  const extending = useChange((slots: number) => extendSession(id, slots));
  const shortening = useChange((slots: number) => shortenSession(id, slots));
  return (
    <div className="changes">
      <h3>Change</h3>
      <div className="ends">
        {changes.extend > 0 ? (
          <EndPicker
            label="Extend by"
            word="Extend"
            icon="plus"
            endsAt={endsAt}
            each={length}
            most={changes.extend}
            change={extending}
          />
        ) : (
          <p className="small quiet no-more">{whyNoExtension(session, calendar)}</p>
        )}
        {changes.shorten > 0 && (
          <EndPicker
            label="Give back the last"
            word="Shorten"
            icon="minus"
            endsAt={endsAt}
            each={-length}
            most={changes.shorten}
            change={shortening}
          />
        )}
      </div>
      <div className="row">
        {changes.move && <MoveBooking session={session} calendar={calendar} now={now} />}
        {session.series === null && <RepeatBooking session={session} now={now} />}
        <CancelBooking session={session} />
      </div>
      <p className="unseen" role="status">
        {(extending.isDone || shortening.isDone) && `It ends ${clockFrom(now, endsAt, shown)} ${zoneName(shown)} now.`}
      </p>
    </div>
  );
}
