"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { slotLength, slotStart } from "#lib/booking/slot.ts";
import { adminQuery } from "#lib/client/admin-query.ts";
import { POLL_MS, pollInterval } from "#lib/client/poll-interval.ts";
import { useLive } from "#lib/client/use-live.ts";

/** Everything an administrator sees, kept up to date: by events, and when a slot begins. */
export function useAdmin() {
  const live = useLive();
  const { data } = useSuspenseQuery({
    ...adminQuery,
    refetchInterval({ state: { data } }) {
      const now = Date.now();
      const turns = data?.platforms.map((platform) => slotStart(platform, now) + slotLength(platform)) ?? [];
      return pollInterval(now, turns, live.open ? null : POLL_MS);
    },
  });
  return data;
}
