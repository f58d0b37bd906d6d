"use client";

import type { ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Modal, ModalOverlay } from "react-aria-components";
import { Icon } from "#components/ui/icon.tsx";

export interface DialogButtonProps {
  readonly icon: Parameters<typeof Icon>[0]["name"];
  /** What stands on the button. */
  readonly label: string;
  /** What the button is called for those who do not see where it stands. */
  readonly name?: string;
  /** Whether something is lost by what is asked. */
  readonly isAlert?: boolean;
  readonly isWide?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

/** A quiet button that opens a dialog over the page; Escape, and a press beside it, close it. */
export function DialogButton({ icon, label, name, isAlert = false, isWide = false, children }: DialogButtonProps) {
  return (
    <DialogTrigger>
      <Button className="btn bare" {...(name === undefined ? {} : { "aria-label": name })}>
        <Icon name={icon} />
        {label}
      </Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className={isWide ? "dialog wide" : "dialog"}>
          <Dialog role={isAlert ? "alertdialog" : "dialog"}>{({ close }) => children(close)}</Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
