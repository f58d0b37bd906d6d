"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { LeftOverView } from "#lib/api/view.ts";
import { clock, dayAndClock } from "#lib/client/zoned-time.ts";

/** What is over and still on its platform: whose, since when, why, and when it is tried again. Nothing where nothing is. */
export function LeftOvers({ leftOvers }: { leftOvers: readonly LeftOverView[] }) {
  const zones = useZones();
  if (leftOvers.length === 0) return null;
  return (
    <section className="panel left-overs t-warning" aria-labelledby="left-overs-h">
      <header className="spread">
        <h2 id="left-overs-h">
          <Icon name="warning" />
          Could not be removed yet
        </h2>
        <p className="small quiet">Meridian goes on trying; a new sign-in of the owner makes it try at once.</p>
      </header>
      <ul className="closed-list">
        {leftOvers.map(({ id, name, platform, user, since, trouble, againAt }) => (
          <li key={id} className="t-warning">
            <Icon name="lost" />
            <p>
              <b>
                <code className="mono">{name}</code> of {user} on {platform}, over since {dayAndClock(since, zones)}
              </b>
              <span className="quiet">
                Its owner reads: {trouble}
                {againAt !== null && ` Tried again at ${clock(againAt, zones.shown)}.`}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
