"use client";

import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { withdrawCredential } from "#app/actions/credentials.ts";
import { ChangeTrouble } from "#components/session/change-trouble.tsx";
import { useChange } from "#components/session/use-change.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { CredentialView } from "#lib/api/view.ts";

/** Takes a sign-in back, after saying what that means for what is booked. */
export function WithdrawCredential({ credential: { provider, held } }: { credential: CredentialView }) {
  const change = useChange(withdrawCredential);
  const { running = 0, coming = 0 } = held ?? {};
  return (
    <DialogTrigger>
      <Button className="btn bare">
        <Icon name="cross" />
        Take it back…
      </Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="dialog">
          <Dialog role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  Take your {provider.title} sign-in back?
                </Heading>
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
                        <b>Cannot start:</b> {coming === 1 ? "your booking" : `your ${coming} bookings`}, unless you
                        sign in again before.
                      </span>
                    </li>
                  )}
                </ul>
                <ChangeTrouble {...change} />
                <div className="foot">
                  <Button className="btn" onPress={close} autoFocus>
                    Keep it
                  </Button>
                  <Button className="btn danger" onPress={() => change.run(provider.name, close)}>
                    {change.isPending ? "Taking it back…" : "Take it back"}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
