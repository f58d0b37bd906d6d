"use client";

import type { ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Icon, type IconName } from "#components/ui/icon.tsx";

interface ChangeDialogProps {
  readonly icon: IconName;
  readonly word: string;
  /** The button's whole name, where its word alone does not say what it is about. */
  readonly label: string;
  readonly title: string;
  readonly bare?: boolean;
  /** What the dialog holds; it begins anew each time it is opened. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog in which limits are changed. A click beside it does not lose what was typed. */
export function ChangeDialog({ icon, word, label, title, bare = false, children }: ChangeDialogProps) {
  return (
    <DialogTrigger>
      <Button className={bare ? "btn bare" : "btn"} aria-label={label}>
        <Icon name={icon} />
        {word}
      </Button>
      <ModalOverlay className="veil">
        <Modal className="dialog change">
          <Dialog>
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                {children(close)}
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
