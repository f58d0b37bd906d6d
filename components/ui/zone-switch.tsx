"use client";

import { isUtc, zoneName } from "#lib/client/zoned-time.ts";
import { useZoneChoice } from "./zone-provider.tsx";

/** Chooses the zone times are shown in; somebody who lives in UTC has nothing to choose. */
export function ZoneSwitch() {
  const { home, inUtc, showUtc } = useZoneChoice();
  if (isUtc(home)) return null;
  return (
    <fieldset className="seg">
      <legend className="unseen">Time zone</legend>
      {[false, true].map((utc) => (
        <label key={String(utc)}>
          <input type="radio" name="zone" checked={inUtc === utc} onChange={() => showUtc(utc)} />
          <span>{utc ? "UTC" : zoneName(home)}</span>
        </label>
      ))}
    </fieldset>
  );
}
