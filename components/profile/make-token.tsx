"use client";

import { useState } from "react";
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Icon } from "#components/ui/icon.tsx";
import type { NewTokenView } from "#lib/api/profile-view.ts";
import type { PersonView } from "#lib/api/view.ts";
import { NewToken } from "./new-token.tsx";
import { TokenForm } from "./token-form.tsx";

interface MakeTokenProps {
  readonly role: PersonView["role"];
  readonly api: string;
}

/**
 * Makes a token in a dialog, which then shows the secret: the only place where it ever stands, and gone with the dialog. So
 * neither a click beside it nor Escape closes that, nor while it is being made; a button does.
 */
export function MakeToken({ role, api }: MakeTokenProps) {
  const [made, setMade] = useState<NewTokenView | null>(null);
  const [isMaking, setMaking] = useState(false);
  return (
    <DialogTrigger onOpenChange={() => setMade(null)}>
      <Button className="btn primary">
        <Icon name="plus" />
        Make a token…
      </Button>
      <ModalOverlay className="veil" isKeyboardDismissDisabled={isMaking || made !== null}>
        <Modal className="dialog token">
          <Dialog>
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {made ? "Copy it now" : "Make an access token"}
                </Heading>
                {made ? (
                  <NewToken made={made} api={api} onDone={close} />
                ) : (
                  <TokenForm role={role} onMaking={setMaking} onMade={setMade} onCancel={close} />
                )}
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
