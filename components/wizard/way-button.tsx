"use client";

import { Icon, type IconName } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { WayView } from "#lib/api/view.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { lasting } from "#lib/client/time-left.ts";
import { clockSpan, day, spanBeside, zoneName } from "#lib/client/zoned-time.ts";

const kinds = {
  earlier: { words: "Same shape, earlier", icon: "fits", tone: "fits" },
  later: { words: "Same shape, later", icon: "fits", tone: "fits" },
  smaller: { words: "Smaller, at that time", icon: "smaller", tone: "smaller" },
  shorter: { words: "Shorter, at that time", icon: "shorter", tone: "smaller" },
  elsewhere: { words: "On another platform", icon: "fits", tone: "fits" },
} as const satisfies Record<WayView["kind"], { words: string; icon: IconName; tone: string }>;

/** One way forward; pressing it asks for exactly this. */
export function WayButton({ way, isAsking, onWay }: { way: WayView; isAsking: boolean; onWay: () => void }) {
  const zones = useZones();
  const { words, icon, tone } = kinds[way.kind];
  const beside = spanBeside(way.startsAt, way.endsAt, zones);
  return (
    <button className={`alt t-${tone}`} type="button" aria-disabled={isAsking} onClick={isAsking ? undefined : onWay}>
      <span className="k">
        <Icon name={icon} />
        {words}
      </span>
      <b>{clockSpan(way.startsAt, way.endsAt, zones.shown)}</b>
      <span className="u">
        {day(way.startsAt, zones.shown)} {zoneName(zones.shown)}
        {beside && <span> · {beside}</span>}
      </span>
      <span className="w">
        {way.platform && `${way.platform.title}, `}
        {way.kind === "shorter" && `${lasting(way.endsAt - way.startsAt)}, `}
        {shapeInWords(way.request.resources)}
      </span>
      <span className="why">{isAsking ? "asking…" : "ask for this"}</span>
    </button>
  );
}
