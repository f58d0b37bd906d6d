"use client";

import { useZones } from "#components/ui/use-zones.ts";
import type { NewTokenView } from "#lib/api/profile-view.ts";
import { CopyText } from "./copy-text.tsx";
import { dateAndClock } from "./token-words.ts";

interface NewTokenProps {
  readonly made: NewTokenView;
  readonly api: string;
  readonly onDone: () => void;
}

/** A new token's secret, this once, and how to call with it. */
export function NewToken({ made: { secret, expiresAt }, api, onDone }: NewTokenProps) {
  const zones = useZones();
  return (
    <div className="stack">
      <p className="truth">
        This is the only time that it is shown. Meridian keeps nothing that it could be read from, and it works until{" "}
        <b>{dateAndClock(expiresAt, zones)}</b>.
      </p>
      <CopyText label="The token" text={secret} isFirst />
      <CopyText
        label="To try it, with the token in the variable MERIDIAN_TOKEN"
        text={`curl -H "Authorization: Bearer $MERIDIAN_TOKEN" ${api}/sessions`}
      />
      <div className="foot">
        <button type="button" className="btn" onClick={onDone}>
          I have it
        </button>
      </div>
    </div>
  );
}
