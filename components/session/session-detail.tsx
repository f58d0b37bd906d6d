"use client";

import Link from "next/link";
import { LiveState } from "#components/ui/live-state.tsx";
import { Note } from "#components/ui/note.tsx";
import { PhaseChip } from "#components/ui/phase-chip.tsx";
import { typeWords } from "#components/ui/type-words.ts";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import { typeInWords } from "#lib/booking/executable.ts";
import { imageInWords } from "#lib/booking/images.ts";
import { isOver } from "#lib/booking/phase.ts";
import { type RefusalCode, refusals } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { lasting } from "#lib/client/time-left.ts";
import { useNow } from "#lib/client/use-now.ts";
import { useTitle } from "#lib/client/use-title.ts";
import { clockSpan, day, spanBeside, type Zones, zoneName } from "#lib/client/zoned-time.ts";
import { EndWarning } from "./end-warning.tsx";
import { IdleNote } from "./idle-note.tsx";
import { shownPhase } from "./link-state.ts";
import { PlatformTrouble } from "./platform-trouble.tsx";
import { SessionEnd } from "./session-end.tsx";
import { SessionFacts } from "./session-facts.tsx";
import { SessionHero, showsLog } from "./session-hero.tsx";
import { SessionLog } from "./session-log.tsx";
import { sessionState } from "./session-state.ts";
import { SessionTimeline } from "./session-timeline.tsx";
import { useSession } from "./use-session.ts";

/** "Running, 35 min left": the minute is enough in a tab. */
function tabTitle(session: SessionDetailView, now: Millis, zones: Zones): string {
  const { word } = sessionState(session, now, zones);
  if (isOver(session.phase)) return word;
  const isBefore = now < session.startsAt;
  const left = lasting((isBefore ? session.startsAt : session.endsAt) - now);
  return isBefore ? `${word}, starts in ${left}` : `${word}, ${left} left`;
}

/** The page of one session. */
export function SessionDetail({ id, unopened }: { id: string; unopened: RefusalCode | null }) {
  const session = useSession(id);
  const now = useNow(session.now);
  const zones = useZones();
  const { shown } = zones;
  const { startsAt, endsAt, executable } = session;
  const beside = spanBeside(startsAt, endsAt, zones);
  useTitle(tabTitle(session, now, zones));
  return (
    <main id="main" className="page">
      <nav className="crumb" aria-label="Where this is">
        <Link href="/sessions">Sessions</Link> <span className="faint">/ {session.name}</span>
      </nav>
      <div className="title">
        <h1>
          {executable.image === null ? "" : `${typeWords[executable.type].word} `}
          {executable.image === null ? typeWords[executable.type].word : imageInWords(executable.image)},{" "}
          {clockSpan(startsAt, endsAt, shown)} {zoneName(shown)}
        </h1>
        <PhaseChip phase={shownPhase(session)} />
        <span className="small quiet">
          {[day(startsAt, shown), beside, session.platform.title].filter(Boolean).join(" · ")}
        </span>
        {!isOver(session.phase) && (
          <span className="sum">
            <LiveState />
          </span>
        )}
      </div>
      {unopened !== null && !isOver(session.phase) && (
        <Note tone="warning" icon="warning">
          <p role="alert">
            <b>It could not be opened just now.</b> {session.note ?? refusals[unopened]}
          </p>
        </Note>
      )}
      <EndWarning session={session} now={now} />
      <IdleNote session={session} />
      <PlatformTrouble session={session} />
      <div className="two">
        <div>
          <SessionHero session={session} now={now} />
          <SessionTimeline session={session} now={now} />
          {!showsLog(session) && (
            <section className="panel" aria-labelledby="log-h">
              <header className="spread">
                <h2 id="log-h">Log</h2>
                <span className="tiny quiet">its last lines, secrets masked</span>
              </header>
              <SessionLog log={session.log} label={`Log of ${typeInWords[executable.type]}`} />
            </section>
          )}
        </div>
        <div>
          <SessionFacts session={session} />
          {!isOver(session.phase) && <SessionEnd session={session} />}
        </div>
      </div>
    </main>
  );
}
