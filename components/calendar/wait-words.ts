import type { WaitView } from "#lib/api/view.ts";
import { leastOf } from "#lib/booking/request.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { lasting } from "#lib/client/time-left.ts";
import { dayAndClock, type Zones } from "#lib/client/zoned-time.ts";

type Wait = Pick<WaitView, "request">;

/** "Tue 24 Nov 14:00 Toronto (19:00 UTC)", "Any time from …", "Any time". */
export function waitStart({ request: { start } }: Wait, zones: Zones): string {
  if (start.kind === "now") return "Any time";
  const from = dayAndClock(start.from, zones);
  return start.from === start.until ? from : `Any time from ${from}`;
}

/** "2 cores, 8 GiB for 1 h", "… or less, from 1 core, 2 GiB for 1 h on". */
export function waitShape({ request }: Wait, slotMinutes: number): string {
  const size = (shape: Parameters<typeof shapeInWords>[0], slots: number) =>
    `${shapeInWords(shape)} for ${lasting(slots * slotMinutes * 60_000)}`;
  const most = size(request.resources, request.durationSlots);
  const least = leastOf(request);
  const fewest = size(least.resources, least.durationSlots);
  return most === fewest ? most : `${most}, or at least ${fewest}`;
}
