"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EmptyPanel } from "#components/ui/empty-panel.tsx";
import { LiveState } from "#components/ui/live-state.tsx";
import { isOver } from "#lib/booking/phase.ts";
import { POLL_MS, pollInterval } from "#lib/client/poll-interval.ts";
import { sessionsQuery } from "#lib/client/sessions-query.ts";
import { useLive } from "#lib/client/use-live.ts";
import { useNow } from "#lib/client/use-now.ts";
import { ComingSession } from "./coming-session.tsx";
import { PastSession } from "./past-session.tsx";

/** My sessions: what runs and what is to come first, what is over below. */
export function SessionList() {
  const live = useLive();
  const { data } = useSuspenseQuery({
    ...sessionsQuery,
    refetchInterval: ({ state }) =>
      pollInterval(
        Date.now(),
        (state.data?.sessions ?? []).flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
        live.open ? null : POLL_MS,
      ),
  });
  const now = useNow(data.now);
  const booked = data.sessions.filter(({ phase }) => phase !== "OFFERED" && phase !== "INITIAL");
  const coming = booked.filter(({ phase }) => !isOver(phase)).toSorted((a, b) => a.startsAt - b.startsAt);
  const past = booked.filter(({ phase }) => isOver(phase)).toSorted((a, b) => b.phaseSince - a.phaseSince);
  return (
    <main id="main" className="page">
      <div className="top">
        <h1>My sessions</h1>
        <p className="sum">
          <LiveState />
        </p>
      </div>
      {coming.length === 0 ? (
        <NoBookings isFirst={past.length === 0} />
      ) : (
        <ul className="coming" aria-label="Running and to come">
          {coming.map((session) => (
            <ComingSession key={session.id} session={session} now={now} />
          ))}
        </ul>
      )}
      {past.length > 0 && (
        <section className="panel past" aria-labelledby="past-h">
          <header>
            <h2 id="past-h">Over</h2>
          </header>
          <ul>
            {past.map((session) => (
              <PastSession key={session.id} session={session} />
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

function NoBookings({ isFirst }: { isFirst: boolean }) {
  return (
    <EmptyPanel
      tone="mine"
      icon="calendar"
      heading="h2"
      title={isFirst ? "No bookings yet" : "Nothing is booked"}
      words="Choose a slot that fits, then book it: the hour is yours."
    >
      <Link className="btn primary" href="/calendar">
        Open the calendar
      </Link>
    </EmptyPanel>
  );
}
