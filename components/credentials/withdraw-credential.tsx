"use client";

import { withdrawCredential } from "#app/actions/credentials.ts";
import { Confirm } from "#components/change/confirm.tsx";
import { useChange } from "#components/change/use-change.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { CredentialView } from "#lib/api/view.ts";

/** Takes a sign-in back, after saying what that means for what is booked. */
export function WithdrawCredential({ credential: { provider, held } }: { credential: CredentialView }) {
  const change = useChange<undefined>(() => withdrawCredential(provider.name));
  const { running = 0, coming = 0 } = held ?? {};
  return (
    <Confirm
      icon="cross"
      label="Take it back…"
      title={`Take your ${provider.title} sign-in back?`}
      verb="Take it back"
      doing="Taking it back…"
      change={change}
    >
      <ul className="end-list small">
        <li>
          <Icon name="cross" />
          <span>
            <b>Goes:</b> what Meridian holds.{" "}
            {running > 0
              ? "It is revoked and deleted as soon as what runs has been removed with it, and starts nothing any more."
              : "It is revoked and deleted at once."}
          </span>
        </li>
        <li>
          <Icon name="check" />
          <span>
            <b>Stays:</b> your files{coming > 0 ? ", and your bookings" : ""}.
          </span>
        </li>
        {coming > 0 && (
          <li className="t-warning">
            <Icon name="warning" />
            <span>
              <b>Cannot start:</b> {coming === 1 ? "your booking" : `your ${coming} bookings`}, unless you sign in again
              before.
            </span>
          </li>
        )}
      </ul>
    </Confirm>
  );
}
