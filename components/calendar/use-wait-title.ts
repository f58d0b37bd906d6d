"use client";

import { useZones } from "#components/ui/use-zones.ts";
import { runsOutAt, setOfWait } from "#components/wizard/offer-sets.ts";
import type { CalendarView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { useTitle } from "#lib/client/use-title.ts";
import { clock, zoneName } from "#lib/client/zoned-time.ts";

/**
 * What is to be heard when the waiting list has brought something: also in the tab's title, which is seen from other tabs.
 * Empty while there is nothing.
 */
export function useWaitTitle(view: CalendarView, now: Millis): string {
  const { shown } = useZones();
  const sets = view.waits.map((wait) => setOfWait(wait, view.offerSets, now)).filter((set) => set !== null);
  const [first] = sets;
  const until = first ? `${clock(runsOutAt(first), shown)} ${zoneName(shown)}` : "";
  useTitle(first ? `Yours until ${until}: book it` : "Calendar");
  return first ? `What you waited for is free. It is yours until ${until}: book it.` : "";
}
