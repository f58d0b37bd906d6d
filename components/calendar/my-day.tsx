"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useZones } from "#components/ui/use-zones.ts";
import type { CalendarView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { zoneName } from "#lib/client/zoned-time.ts";
import { type EventMatter, toCalendarEvents } from "./to-calendar-events.ts";
import { useNarrow } from "./use-narrow.ts";

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

/** My bookings on the day or the week (on a phone three days: seven could not be read), with the load of all bookings behind them. */
export function MyDay({ view, now, span, onSpan, onOffer }: MyDayProps) {
  const { shown } = useZones();
  const router = useRouter();
  // Holds run out by the minute here; drawing anew every second would be for nothing.
  const minute = Math.floor(now / 60_000) * 60_000;
  const events = useMemo(() => toCalendarEvents(view, minute), [view, minute]);
  const isNarrow = useNarrow();
  const days = span === "day" ? 1 : isNarrow ? 3 : 7;
  const many = isNarrow ? "3 days" : "Week";

  function open(matter: EventMatter) {
    if (matter.kind === "mine") router.push(`/sessions/${matter.sessionId}`);
    if (matter.kind === "held") onOffer(matter.offerId);
  }

  return (
    <section className="panel agenda" aria-labelledby="day-h">
      <header className="spread">
        <h2 id="day-h">My {days === 1 ? "day" : days === 3 ? "next 3 days" : "week"}</h2>
        <button type="button" className="textual small" onClick={() => onSpan(days === 1 ? "week" : "day")}>
          {days === 1 ? many : "Day"}
        </button>
      </header>
      <BookingCalendar
        events={events}
        days={days}
        zone={shown}
        windowStart={view.slots[0]?.start ?? view.now}
        rule={view.platform}
        onOpen={open}
      />
      <p className="tiny quiet last">Times in {zoneName(shown)}. Shade: load of all bookings, cores.</p>
    </section>
  );
}
