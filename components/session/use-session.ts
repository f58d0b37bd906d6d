"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { SessionDetailView } from "#lib/api/view.ts";
import { hasPage } from "#lib/booking/executable.ts";
import { isLive, isOver } from "#lib/booking/phase.ts";
import { LOG_POLL_MS, POLL_MS, PREPARING_POLL_MS, pollInterval } from "#lib/client/poll-interval.ts";
import { sessionQuery } from "#lib/client/session-query.ts";
import { useLive } from "#lib/client/use-live.ts";

/** One session, kept up to date: by events, at its start and end, and often while it is being prepared. */
export function useSession(id: string) {
  const live = useLive();
  const { data } = useSuspenseQuery({
    ...sessionQuery(id),
    refetchInterval({ state: { data } }) {
      if (!data || isOver(data.phase)) return false;
      const every = everyMs(data) ?? (live.open ? null : POLL_MS);
      return pollInterval(Date.now(), [data.startsAt, data.endsAt], every);
    },
  });
  return data;
}

/** How often it is asked for whatever is announced; null: it need not be. Nobody announces that a log grows. */
function everyMs({ phase, executable }: SessionDetailView): number | null {
  if (phase === "PREPARING") return PREPARING_POLL_MS;
  return isLive(phase) && !hasPage(executable.type) ? LOG_POLL_MS : null;
}
