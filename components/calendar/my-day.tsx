"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useZones } from "#components/ui/use-zones.ts";
import type { CalendarView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { zoneName } from "#lib/client/zoned-time.ts";
import { type EventMatter, toCalendarEvents } from "./to-calendar-events.ts";

// Drawn in the browser only: it measures, and it is the heaviest part of the page.
const BookingCalendar = dynamic(() => import("./booking-calendar.tsx"), {
  ssr: false,
  loading: () => <p className="my-day-soon small quiet">Drawing the day…</p>,
});

interface MyDayProps {
  readonly view: CalendarView;
  readonly now: Millis;
  readonly span: "day" | "week";
  readonly onSpan: (span: "day" | "week") => void;
  readonly onOffer: (offerId: string) => void;
}

/** My bookings on the day or the week, with the load of all bookings behind them. */
export function MyDay({ view, now, span, onSpan, onOffer }: MyDayProps) {
  const { shown } = useZones();
  const router = useRouter();
  // Holds run out by the minute here; drawing anew every second would be for nothing.
  const minute = Math.floor(now / 60_000) * 60_000;
  const events = useMemo(() => toCalendarEvents(view, minute), [view, minute]);
  const other = span === "day" ? "week" : "day";

  function open(matter: EventMatter) {
    if (matter.kind === "mine") router.push(`/sessions/${matter.sessionId}`);
    if (matter.kind === "held") onOffer(matter.offerId);
  }

  return (
    <section className="panel agenda" aria-labelledby="day-h">
      <header className="spread">
        <h2 id="day-h">My {span}</h2>
        <button type="button" className="textual small" onClick={() => onSpan(other)}>
          {other === "week" ? "Week" : "Day"}
        </button>
      </header>
      <BookingCalendar
        events={events}
        view={span}
        zone={shown}
        windowStart={view.slots[0]?.start ?? view.now}
        rule={view.platform}
        onOpen={open}
      />
      <p className="tiny quiet last">Times in {zoneName(shown)}. Shade: load of all bookings, cores.</p>
    </section>
  );
}
