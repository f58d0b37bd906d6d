"use client";

import type { ReactNode } from "react";
import { Heading } from "react-aria-components";
import { DialogButton } from "#components/change/dialog-button.tsx";
import type { IconName } from "#components/ui/icon.tsx";

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
    <DialogButton icon={icon} label={word} name={label} isBare={bare} isDismissable={false} shape="change">
      {(close) => (
        <>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children(close)}
        </>
      )}
    </DialogButton>
  );
}
