"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { AccessTokenView } from "#lib/api/profile-view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clockInBoth } from "#lib/client/zoned-time.ts";
import { date, endsSoon, leftInWords } from "./token-words.ts";
import { WithdrawToken } from "./withdraw-token.tsx";

/** One token: its name and how its secret begins and ends, what it may do, its times, and the way to take it back. */
export function TokenRow({ token, now }: { token: AccessTokenView; now: Millis }) {
  const { name, hint, scopes, createdAt, lastUsedAt, expiresAt } = token;
  const isSoon = endsSoon(expiresAt, now);
  return (
    <tr>
      <th scope="row">
        <b>{name}</b>
        <code>mrd_…{hint}</code>
      </th>
      <td data-label="May">{scopes.length === 0 ? "nothing any more" : scopes.join(", ")}</td>
      <TimeCell label="Made" at={createdAt} />
      {lastUsedAt === null ? (
        <td className="quiet never" data-label="Last used">
          never yet
        </td>
      ) : (
        <TimeCell label="Last used" at={lastUsedAt} />
      )}
      <TimeCell label="Ends" at={expiresAt}>
        <span className={isSoon ? "soon t-warning" : undefined}>
          {isSoon && <Icon name="warning" />}
          {leftInWords(expiresAt, now)}
        </span>
      </TimeCell>
      <td className="do">
        <WithdrawToken token={token} />
      </td>
    </tr>
  );
}

interface TimeCellProps {
  /** Its column, which stands beside it where there is no room for columns. */
  readonly label: string;
  readonly at: Millis;
  readonly children?: React.ReactNode;
}

function TimeCell({ label, at, children }: TimeCellProps) {
  const zones = useZones();
  return (
    <td className="time" data-label={label}>
      {date(at, zones)}
      <span>{clockInBoth(at, zones)}</span>
      {children}
    </td>
  );
}
