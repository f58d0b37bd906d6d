"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { isOver } from "#lib/booking/phase.ts";
import { POLL_MS, PREPARING_POLL_MS, pollInterval } from "#lib/client/poll-interval.ts";
import { sessionQuery } from "#lib/client/session-query.ts";
import { useLive } from "#lib/client/use-live.ts";

/** One session, kept up to date: by events, at its start and end, and often while it is being prepared. */
export function useSession(id: string) {
  const live = useLive();
  const { data } = useSuspenseQuery({
    ...sessionQuery(id),
    refetchInterval({ state: { data } }) {
      if (!data || isOver(data.phase)) return false;
      const every = data.phase === "PREPARING" ? PREPARING_POLL_MS : live.open ? null : POLL_MS;
      return pollInterval(Date.now(), [data.startsAt, data.endsAt], every);
    },
  });
  return data;
}
