"use client";

import { Icon, type IconName } from "#components/ui/icon.tsx";
import { phaseWords } from "#components/ui/phase-words.ts";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import { isOver } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clock, clockWithSeconds, otherDay, zoneName } from "#lib/client/zoned-time.ts";
import { type TimelinePoint, timeline } from "./timeline.ts";

const stateWords: Record<TimelinePoint["state"], string> = { done: "done", now: "now", next: "to come" };

/** What went well has a tick; what holds now, or ended it before its time, has its own mark. */
function markOf({ state, phase }: TimelinePoint): IconName {
  if (state === "next") return "dot";
  const ended = phase === "FAILED" || phase === "CANCELLED" || phase === "EXPIRED" || phase === "REJECTED";
  return phase !== null && (state === "now" || ended) ? phaseWords[phase].icon : "check";
}

/** A failure is marked like what holds now: it is what matters about a session that is over. */
function classOf({ state, phase }: TimelinePoint): string {
  if (phase === null || (state !== "now" && phase !== "FAILED")) return state;
  return `now t-${phaseWords[phase].tone}`;
}

/** What happened, and what will: phases as a line, with both times. */
export function SessionTimeline({ session, now }: { session: SessionDetailView; now: Millis }) {
  const { shown, beside } = useZones();
  // The heading says the day it starts, as it is in the zone shown; what lies on another day says so.
  const write = ({ at, isExact }: TimelinePoint, zone: string) =>
    at === null
      ? ""
      : `${isExact ? clockWithSeconds(at, zone) : clock(at, zone)}${otherDay(at, session.startsAt, zone, shown)}`;
  return (
    <section className="panel" aria-labelledby="line-h">
      <header className="spread">
        <h2 id="line-h">{isOver(session.phase) ? "What happened" : "What happened, and what will"}</h2>
        <span className="tiny quiet">
          {zoneName(shown)}
          {beside && `, ${zoneName(beside)} below`}
        </span>
      </header>
      <ol className="line">
        {timeline(session, now).map((point) => (
          <li key={point.key} className={classOf(point)}>
            <span className="pin">
              <Icon name={markOf(point)} />
            </span>
            <div>
              <p>
                <b>{point.title}</b>
                <span className="unseen">, {stateWords[point.state]}</span>
              </p>
              <p className="small quiet">{point.words}</p>
            </div>
            <p className="at">
              {point.at !== null && (
                <>
                  <time dateTime={new Date(point.at).toISOString()}>{write(point, shown)}</time>
                  {beside && <span>{write(point, beside)}</span>}
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
