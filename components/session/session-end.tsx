"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionView } from "#lib/api/view.ts";
import { type ExecutableType, hasPage } from "#lib/booking/executable.ts";
import { clockFrom, zoneName } from "#lib/client/zoned-time.ts";
import { warningsOf } from "./warnings.ts";

function goes(type: ExecutableType): string {
  if (type === "notebook") return "unsaved cells and running kernels.";
  return hasPage(type) ? "what is not saved." : "the program, if it still runs.";
}

/** What stays and what goes at the end, and when one is told. */
export function SessionEnd({ session }: { session: SessionView }) {
  const { shown } = useZones();
  const { startsAt: start, endsAt: end } = session;
  const warned = warningsOf({ start, end }).map(({ at }) => clockFrom(start, at, shown));
  return (
    <section className="panel" aria-labelledby="end-h">
      <header>
        <h2 id="end-h">
          At {clockFrom(start, end, shown)} {zoneName(shown)} sharp
        </h2>
      </header>
      <ul className="end-list small">
        <li>
          <Icon name="check" />
          <span>
            <b>Stays:</b> everything saved.
          </span>
        </li>
        <li>
          <Icon name="cross" />
          <span>
            <b>Goes:</b> {goes(session.executable.type)}
          </span>
        </li>
        {warned.length > 0 && (
          <li>
            <Icon name="bell" />
            <span>
              <b>You are told</b> at {warned.join(" and ")}, in this page.
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}
