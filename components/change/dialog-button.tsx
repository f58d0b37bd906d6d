"use client";

import type { ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Modal, ModalOverlay } from "react-aria-components";
import { Icon, type IconName } from "#components/ui/icon.tsx";

export interface DialogButtonProps {
  readonly icon: IconName;
  /** What stands on the button. */
  readonly label: string;
  /** What the button is called for those who do not see where it stands. */
  readonly name?: string;
  /** Whether something is lost by what is asked. */
  readonly isAlert?: boolean;
  /** Whether the button has no frame. */
  readonly isBare?: boolean;
  /** Whether a press beside the dialog closes it too: not where something was typed. */
  readonly isDismissable?: boolean;
  readonly shape?: "wide" | "change";
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog over the page, which begins anew each time; Escape closes it. */
export function DialogButton(props: DialogButtonProps) {
  const { icon, label, name, isAlert = false, isBare = true, isDismissable = true, shape, children } = props;
  return (
    <DialogTrigger>
      <Button className={isBare ? "btn bare" : "btn"} {...(name === undefined ? {} : { "aria-label": name })}>
        <Icon name={icon} />
        {label}
      </Button>
      <ModalOverlay className="veil" isDismissable={isDismissable}>
        <Modal className={shape === undefined ? "dialog" : `dialog ${shape}`}>
          <Dialog role={isAlert ? "alertdialog" : "dialog"}>{({ close }) => children(close)}</Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
