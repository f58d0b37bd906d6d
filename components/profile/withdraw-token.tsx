"use client";

import { withdrawAccessToken } from "#app/actions/access-tokens.ts";
import { Confirm } from "#components/change/confirm.tsx";
import { useChange } from "#components/change/use-change.ts";
import type { AccessTokenView } from "#lib/api/profile-view.ts";

/** Takes a token back, after saying what that means. */
export function WithdrawToken({ token: { id, name } }: { token: AccessTokenView }) {
  const change = useChange<undefined>(() => withdrawAccessToken(id));
  return (
    <Confirm
      icon="cross"
      label="Withdraw…"
      name={`Withdraw ${name}`}
      title={`Withdraw “${name}”?`}
      verb="Withdraw it"
      doing="Withdrawing…"
      change={change}
    >
      <p className="quiet">
        Whatever calls Meridian with it is refused from the next call on, for good. Your bookings and sessions stay.
      </p>
    </Confirm>
  );
}
