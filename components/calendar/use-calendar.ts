"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { slotLength } from "#lib/booking/slot.ts";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { POLL_MS, pollInterval } from "#lib/client/poll-interval.ts";
import { useLive } from "#lib/client/use-live.ts";

/**
 * The calendar, kept up to date: by events, at the turn of every slot, and by asking while the line is closed. Null while they
 * have no project: then it is asked for, as nothing tells that somebody was added to one.
 */
export function useCalendar() {
  const live = useLive();
  const { data } = useSuspenseQuery({
    ...calendarQuery,
    refetchInterval({ state: { data } }) {
      const turns = data?.slots.slice(0, 2).map(({ start }) => start + slotLength(data.platform)) ?? [];
      const holds = data?.offerSets.flatMap(({ offers }) => offers.map(({ expiresAt }) => expiresAt)) ?? [];
      return pollInterval(Date.now(), [...turns, ...holds], live.open && data !== null ? null : POLL_MS);
    },
  });
  return data;
}
