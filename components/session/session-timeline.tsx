"use client";

import { Icon, type IconName } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clock, clockWithSeconds, zoneName } from "#lib/client/zoned-time.ts";
import { type TimelinePoint, timeline } from "./timeline.ts";

const marks: Record<TimelinePoint["state"], { icon: IconName; words: string }> = {
  done: { icon: "check", words: "done" },
  now: { icon: "running", words: "now" },
  next: { icon: "dot", words: "to come" },
};

/** What happened, and what will: phases as a line, with both times. */
export function SessionTimeline({ session, now }: { session: SessionDetailView; now: Millis }) {
  const { shown, beside } = useZones();
  const write = (point: TimelinePoint, zone: string) =>
    point.at === null ? "" : point.isExact ? clockWithSeconds(point.at, zone) : clock(point.at, zone);
  return (
    <section className="panel" aria-labelledby="line-h">
      <header className="spread">
        <h2 id="line-h">What happened, and what will</h2>
        <span className="tiny quiet">
          {zoneName(shown)}
          {beside && `, ${zoneName(beside)} below`}
        </span>
      </header>
      <ol className="line">
        {timeline(session, now).map((point) => (
          <li key={point.key} className={point.state}>
            <span className="pin">
              <Icon name={marks[point.state].icon} />
            </span>
            <div>
              <p>
                <b>{point.title}</b>
                <span className="unseen">, {marks[point.state].words}</span>
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
