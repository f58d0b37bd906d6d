"use client";

import type { ReactNode } from "react";
import { Button, Heading } from "react-aria-components";
import { ChangeTrouble } from "./change-trouble.tsx";
import { DialogButton, type DialogButtonProps } from "./dialog-button.tsx";
import type { useChange } from "./use-change.ts";

interface ConfirmProps extends Pick<DialogButtonProps, "icon" | "label" | "name"> {
  readonly title: string;
  /** What is done, and what is being done: on the button that does it. */
  readonly verb: string;
  readonly doing: string;
  readonly change: ReturnType<typeof useChange<undefined>>;
  /** What goes and what stays. */
  readonly children: ReactNode;
}

/** Asks once more before something goes for good, and says what that means. To leave it is the first choice. */
export function Confirm({ title, verb, doing, change, children, ...button }: ConfirmProps) {
  return (
    <DialogButton {...button} isAlert>
      {(close) => (
        <>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          <ChangeTrouble {...change} />
          <div className="foot">
            <Button className="btn" onPress={close} autoFocus>
              Keep it
            </Button>
            <Button className="btn danger" isDisabled={change.isPending} onPress={() => change.run(undefined, close)}>
              {change.isPending ? doing : verb}
            </Button>
          </div>
        </>
      )}
    </DialogButton>
  );
}
