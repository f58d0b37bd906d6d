"use client";

import Link from "next/link";
import { Icon } from "#components/ui/icon.tsx";
import { PhaseChip } from "#components/ui/phase-chip.tsx";
import { phaseWords } from "#components/ui/phase-words.ts";
import { typeWords } from "#components/ui/type-words.ts";
import { useZones } from "#components/ui/use-zones.ts";
import { executableInWords } from "#components/wizard/offer-words.ts";
import type { SessionView } from "#lib/api/view.ts";
import { hasPage } from "#lib/booking/executable.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { timeLeft } from "#lib/client/time-left.ts";
import { clockFrom, clockSpan, day, spanBeside, zoneName } from "#lib/client/zoned-time.ts";
import { CancelBooking } from "./cancel-booking.tsx";
import { canOpen, isSilent, opensLater, shownPhase } from "./link-state.ts";

/** A session that runs or is to come: when, how much, what is left, the way in and the way out. */
export function ComingSession({ session, now }: { session: SessionView; now: Millis }) {
  const zones = useZones();
  const { startsAt, endsAt, resources, executable, phase } = session;
  const isBefore = now < startsAt;
  return (
    <li className={`panel coming-one t-${phaseWords[phase].tone}`}>
      <div className="when">
        <h2>
          <Link href={`/sessions/${session.id}`}>
            {clockSpan(startsAt, endsAt, zones.shown)} {zoneName(zones.shown)}
          </Link>
        </h2>
        <p className="small quiet">
          {[day(startsAt, zones.shown), spanBeside(startsAt, endsAt, zones)].filter(Boolean).join(" · ")}
        </p>
      </div>
      <div className="what">
        <PhaseChip phase={shownPhase(session)} />
        {opensLater(session, now) && (
          <p className="small quiet">
            Ready, opens at {clockFrom(now, startsAt, zones.shown)} {zoneName(zones.shown)}
          </p>
        )}
        {isSilent(session) && (
          <p className="small t-warning no-answer">
            {hasPage(executable.type)
              ? "Does not answer right now; the link comes back when it does."
              : "The platform does not run it right now."}
          </p>
        )}
        {session.note !== null && <p className="small quiet">{session.note}</p>}
        <p className="small">
          {shapeInWords(resources)}, {executableInWords(executable)}
          {session.series !== null && session.series.nextAt !== null && `, every ${session.series.every}`}
        </p>
      </div>
      <p className="rest" role="timer" aria-label={isBefore ? "Time until it starts" : "Time left"}>
        <b>{timeLeft((isBefore ? startsAt : endsAt) - now)}</b>
        <span>{isBefore ? "until it starts" : "left"}</span>
      </p>
      <div className="acts">
        {canOpen(session, now) ? (
          <a className="btn primary" href={`/sessions/${session.id}/open`} target="_blank" rel="noreferrer">
            <Icon name="open" />
            {typeWords[executable.type].open}
            <span className="unseen"> in a new tab</span>
          </a>
        ) : (
          <Link className="btn" href={`/sessions/${session.id}`}>
            Look at it
          </Link>
        )}
        <CancelBooking session={session} />
      </div>
    </li>
  );
}
