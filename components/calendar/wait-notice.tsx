"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Note } from "#components/ui/note.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import { runsOutAt, setOfWait } from "#components/wizard/offer-sets.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { useNow } from "#lib/client/use-now.ts";
import { clock, zoneName } from "#lib/client/zoned-time.ts";

/** On the other pages: that the waiting list has brought something. The calendar says so itself. */
export function WaitNotice({ onServer }: { onServer: Millis }) {
  const { data } = useQuery(calendarQuery);
  const now = useNow(onServer);
  const isCalendar = usePathname().startsWith("/calendar");
  const { shown } = useZones();
  const sets = data?.waits.map((wait) => setOfWait(wait, data.offerSets, now)).filter((set) => set !== null) ?? [];
  const [first] = sets;
  return (
    <aside className="wait-notice" aria-live="polite" aria-label="Waiting list">
      {first && !isCalendar && (
        <Note tone="held" icon="bell">
          <p>
            <b>What you waited for is free.</b> It is yours until {clock(runsOutAt(first), shown)} {zoneName(shown)}:{" "}
            <Link href="/calendar#offers-h">book it</Link>.
          </p>
        </Note>
      )}
    </aside>
  );
}
