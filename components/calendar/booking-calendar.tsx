"use client";

import FullCalendar, { type EventDisplayInfo } from "@fullcalendar/react";
import "@fullcalendar/react/skeleton.css";
import timeGrid from "@fullcalendar/react/timegrid";
import type { CSSProperties } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { Millis, SlotRule } from "#lib/booking/slot.ts";
import { zonedTime } from "#lib/client/zoned-time.ts";
import type { CalendarEvent, EventMatter } from "./to-calendar-events.ts";

interface BookingCalendarProps {
  readonly events: readonly CalendarEvent[];
  readonly view: "day" | "week";
  readonly zone: string;
  readonly windowStart: Millis;
  readonly rule: SlotRule;
  readonly onOpen: (matter: EventMatter) => void;
}

/** FullCalendar, in the only place that knows it. The day begins with the running hour and is as long as the window. */
export default function BookingCalendar({ events, view, zone, windowStart, rule, onOpen }: BookingCalendarProps) {
  const isDay = view === "day";
  const firstHour = zonedTime(windowStart, zone).hour;
  const hours = isDay ? Math.min(24, rule.windowHours + 1) : 24;
  const from = isDay ? firstHour : 0;
  return (
    <FullCalendar
      // A change of these has to start over: FullCalendar keeps the date it was first given.
      key={`${view} ${zone} ${windowStart}`}
      plugins={[timeGrid]}
      initialView="bookings"
      views={{ bookings: { type: "timeGrid", duration: { days: isDay ? 1 : 7 } } }}
      initialDate={zonedTime(windowStart, zone).toPlainDate().toString()}
      timeZone={zone}
      events={events as CalendarEvent[]}
      headerToolbar={false}
      allDaySlot={false}
      dayHeaders={!isDay}
      nowIndicator
      height="auto"
      locale="en-GB"
      slotMinTime={`${from}:00:00`}
      slotMaxTime={`${from + hours}:00:00`}
      slotDuration={{ minutes: Math.max(rule.slotMinutes, hours > 2 ? 60 : 5) }}
      slotHeaderFormat={{ hour: "2-digit", minute: "2-digit", hour12: false }}
      dayHeaderFormat={{ weekday: "short", day: "numeric", month: "short" }}
      eventMinHeight={20}
      displayEventTime={false}
      eventClick={({ event, jsEvent }) => {
        jsEvent.preventDefault();
        onOpen(event.extendedProps.matter as EventMatter);
      }}
      eventContent={drawEvent}
      backgroundEventContent={drawBehind}
      className="my-day"
      viewClass="my-day-view"
      slotHeaderClass="my-day-hour"
      slotLaneClass="my-day-lane"
      dayHeaderClass="my-day-head"
      dayLaneClass="my-day-column"
      eventClass={({ event }) => `my-event t-${matterOf(event)?.kind ?? "mine"}`}
      backgroundEventClass={({ event }) => `my-behind ${matterOf(event)?.kind === "closed" ? "hatch" : "load"}`}
      nowIndicatorLineClass="my-now"
    />
  );
}

const matterOf = (event: EventDisplayInfo["event"]) => event.extendedProps.matter as EventMatter | undefined;

function drawEvent({ event }: EventDisplayInfo) {
  const matter = matterOf(event);
  const isMine = matter?.kind === "mine";
  return (
    <span className="my-event-words">
      <Icon name={isMine ? matter.icon : "held"} />
      {event.title}
      <span className="unseen">, {isMine ? matter.state : "held for you"}</span>
    </span>
  );
}

function drawBehind({ event }: EventDisplayInfo) {
  const matter = matterOf(event);
  if (matter?.kind !== "load") return null;
  return <i style={{ "--load": `${Math.round(matter.share * 100)}%` } as CSSProperties} />;
}
