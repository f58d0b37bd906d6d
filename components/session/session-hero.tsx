"use client";

import Link from "next/link";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import { bookAgain } from "#components/wizard/book-again.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import { hasPage } from "#lib/booking/executable.ts";
import { isLive, isOver } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { OpenSession } from "./open-session.tsx";
import { SeriesLine } from "./series-line.tsx";
import { SessionChanges } from "./session-changes.tsx";
import { SessionDial } from "./session-dial.tsx";
import { SessionLog } from "./session-log.tsx";
import { sessionState } from "./session-state.ts";

/**
 * Why it failed stands in what it wrote, and what has no page has its log instead, also when it is over: then the log is up here,
 * and nowhere else on the page.
 */
export const showsLog = ({ phase, log, executable }: SessionDetailView): boolean =>
  (phase === "FAILED" && log !== "") || (!hasPage(executable.type) && (isLive(phase) || log !== ""));

/** It can neither start nor be removed without its owner: the way to that stands where the way in would. */
const waitsForSignIn = ({ needsSignIn, phase }: SessionDetailView): boolean => needsSignIn && !isLive(phase);

/** The one big thing of the page: the dial, the state in one word, the way in and what can be changed. */
export function SessionHero({ session, now }: { session: SessionDetailView; now: Millis }) {
  const zones = useZones();
  const { word, icon, tone, sentence } = sessionState(session, now, zones);
  const over = isOver(session.phase);
  const isBooked = !over && session.phase !== "OFFERED" && session.phase !== "INITIAL";
  return (
    <section className={`panel hero t-${tone} ${over ? "over" : ""}`} aria-labelledby="state-h">
      {!over && (
        <SessionDial start={session.startsAt} end={session.endsAt} slotMinutes={session.slotMinutes} now={now} />
      )}
      <div>
        <h2 id="state-h">
          <Icon name={icon} />
          {word}
        </h2>
        <p className="quiet">{sentence}</p>
        {isBooked && (
          <p className="said" role="status">
            {waitsForSignIn(session) ? null : session.note}
          </p>
        )}
        {showsLog(session) && <SessionLog log={session.log} label="What it wrote last" />}
        {waitsForSignIn(session) ? (
          <div className="go">
            <Link
              className="btn primary big"
              href={`/credentials?${new URLSearchParams({ back: `/sessions/${session.id}` })}`}
            >
              <Icon name="key" />
              Sign in again
            </Link>
          </div>
        ) : (
          isBooked &&
          session.phase !== "RELEASING" &&
          hasPage(session.executable.type) && (
            <div className="go">
              <OpenSession session={session} now={now} />
            </div>
          )
        )}
        {over && (
          <div className="go">
            <Link className="btn primary big" href={bookAgain(session, session.slotMinutes)}>
              <Icon name="again" />
              Book again
            </Link>
            <Link className="btn big" href="/sessions">
              My sessions
            </Link>
          </div>
        )}
        {session.phase === "OFFERED" && (
          <div className="go">
            <Link className="btn primary big" href="/calendar">
              Decide in the calendar
            </Link>
          </div>
        )}
        {isBooked && session.phase !== "RELEASING" && <SessionChanges session={session} now={now} />}
        <SeriesLine session={session} />
      </div>
    </section>
  );
}
