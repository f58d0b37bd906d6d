"use client";

import FullCalendar, { type EventDisplayInfo } from "@fullcalendar/react";
import "@fullcalendar/react/skeleton.css";
import timeGrid from "@fullcalendar/react/timegrid";
import type { CSSProperties } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { Millis, SlotRule } from "#lib/booking/slot.ts";
import { clockSpan, zonedTime, zoneName } from "#lib/client/zoned-time.ts";
import type { CalendarEvent, EventMatter } from "./to-calendar-events.ts";

interface BookingCalendarProps {
  readonly events: readonly CalendarEvent[];
  readonly days: number;
  readonly zone: string;
  readonly windowStart: Millis;
  readonly rule: SlotRule;
  readonly onOpen: (matter: EventMatter) => void;
}

/** FullCalendar, in the only place that knows it. The day begins with the running hour and is as long as the window. */
export default function BookingCalendar({ events, days, zone, windowStart, rule, onOpen }: BookingCalendarProps) {
  const isDay = days === 1;
  const first = zonedTime(windowStart, zone);
  const from = isDay ? first.hour * 60 + first.minute : 0;
  const to = isDay ? from + Math.min(24, rule.windowHours) * 60 : 24 * 60;
  const row = rowOf(rule, isDay);
  return (
    <FullCalendar
      // A change of these has to start over: FullCalendar keeps the date it was first given.
      key={`${days} ${zone} ${windowStart}`}
      plugins={[timeGrid]}
      initialView="bookings"
      views={{ bookings: { type: "timeGrid", duration: { days } } }}
      initialDate={first.toPlainDate().toString()}
      timeZone={zone}
      events={events as CalendarEvent[]}
      headerToolbar={false}
      allDaySlot={false}
      dayHeaders={!isDay}
      nowIndicator
      height="auto"
      locale="en-GB"
      slotMinTime={{ minutes: from }}
      slotMaxTime={{ minutes: to }}
      slotDuration={{ minutes: row.minutes }}
      slotHeaderInterval={{ minutes: row.minutes * row.labelEvery }}
      slotMinHeight={row.height}
      slotHeaderFormat={{ hour: "2-digit", minute: "2-digit", hour12: false }}
      dayHeaderFormat={{ weekday: "short", day: "numeric", month: "short" }}
      eventMinHeight={row.height / 2}
      displayEventTime={false}
      eventClick={({ event, jsEvent }) => {
        jsEvent.preventDefault();
        onOpen(event.extendedProps.matter as EventMatter);
      }}
      eventContent={({ event }) => <EventWords event={event} zone={zone} />}
      backgroundEventContent={drawBehind}
      className="my-day"
      viewClass="my-day-view"
      slotHeaderClass="my-day-hour"
      slotHeaderInnerClass="my-day-hour-inner"
      slotHeaderAlign="start"
      backgroundEventInnerClass="my-behind-inner"
      slotLaneClass="my-day-lane"
      dayHeaderClass="my-day-head"
      dayLaneClass="my-day-column"
      eventClass={({ event }) => `my-event t-${matterOf(event)?.kind ?? "mine"}`}
      backgroundEventClass={({ event }) => `my-behind ${matterOf(event)?.kind === "closed" ? "hatch" : "load"}`}
      nowIndicatorLineClass="my-now"
    />
  );
}

/** One row an hour; where slots are shorter, one row a slot as long as that stays readable. */
function rowOf({ slotMinutes, windowHours }: SlotRule, isDay: boolean) {
  const isBySlot = isDay && slotMinutes < 60 && (windowHours * 60) / slotMinutes <= 96;
  return isBySlot
    ? { minutes: slotMinutes, labelEvery: slotMinutes === 1 ? 5 : 1, height: 16 }
    : { minutes: 60, labelEvery: 1, height: 24 };
}

const matterOf = (event: EventDisplayInfo["event"]) => event.extendedProps.matter as EventMatter | undefined;

function EventWords({ event, zone }: { event: EventDisplayInfo["event"]; zone: string }) {
  const matter = matterOf(event);
  const span = clockSpan(Date.parse(event.startStr), Date.parse(event.endStr), zone);
  const isMine = matter?.kind === "mine";
  return (
    <span className="my-event-words">
      <Icon name={isMine ? matter.icon : "held"} />
      {event.title}
      <span className="unseen">
        , {isMine ? matter.state : "held for you"}, {span} {zoneName(zone)}
      </span>
    </span>
  );
}

function drawBehind({ event }: EventDisplayInfo) {
  const matter = matterOf(event);
  if (matter?.kind !== "load") return null;
  return <i style={{ "--load": `${Math.round(matter.share * 100)}%` } as CSSProperties} />;
}
