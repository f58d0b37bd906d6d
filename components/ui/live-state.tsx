"use client";

import type { Millis } from "#lib/booking/slot.ts";
import { liveStream } from "#lib/client/live-stream.ts";
import { POLL_MS } from "#lib/client/poll-interval.ts";
import { useLive } from "#lib/client/use-live.ts";
import { clock, zoneName } from "#lib/client/zoned-time.ts";
import { Icon } from "./icon.tsx";
import { useZones } from "./use-zones.ts";

/** Says honestly whether what is on screen follows by itself. */
export function LiveState() {
  const live = useLive();
  const { shown } = useZones();
  if (live.open) {
    return (
      <span className="t-running" role="status">
        <Icon name="running" />
        Live
      </span>
    );
  }
  if (live.since === null) {
    return (
      <span className="t-closed" role="status">
        <Icon name="preparing" />
        Connecting…
      </span>
    );
  }
  return <NotLive since={live.since} zone={shown} />;
}

function NotLive({ since, zone }: { since: Millis; zone: string }) {
  return (
    <span className="t-warning" role="status">
      <Icon name="lost" />
      Not live since {clock(since, zone)} {zoneName(zone)}. Trying again; asking every {POLL_MS / 1000} s meanwhile.{" "}
      <button type="button" className="textual" onClick={liveStream.tryNow}>
        Try now
      </button>
    </span>
  );
}
