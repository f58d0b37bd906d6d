"use client";

import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { withdrawAccessToken } from "#app/actions/access-tokens.ts";
import { ChangeTrouble } from "#components/session/change-trouble.tsx";
import { useChange } from "#components/session/use-change.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { AccessTokenView } from "#lib/api/profile-view.ts";

/** Takes a token back, after saying what that means. */
export function WithdrawToken({ token: { id, name } }: { token: AccessTokenView }) {
  const change = useChange(withdrawAccessToken);
  return (
    <DialogTrigger>
      <Button className="btn bare" aria-label={`Withdraw ${name}`}>
        <Icon name="cross" />
        Withdraw…
      </Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="dialog">
          <Dialog role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  Withdraw “{name}”?
                </Heading>
                <p className="quiet">
                  Whatever calls Meridian with it is refused from the next call on, for good. Your bookings and sessions
                  stay.
                </p>
                <ChangeTrouble {...change} />
                <div className="foot">
                  <Button className="btn" onPress={close} autoFocus>
                    Keep it
                  </Button>
                  <Button className="btn danger" onPress={() => change.run(id, close)}>
                    {change.isPending ? "Withdrawing…" : "Withdraw it"}
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
