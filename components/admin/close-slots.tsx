"use client";

import type { AccountView } from "#lib/api/view.ts";
import type { SlotRule } from "#lib/booking/slot.ts";
import type { UsedSlot } from "./account-use.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import { CloseForm } from "./close-form.tsx";

/** Closes slots of a platform, after saying what that does. */
export function CloseSlots(props: { account: AccountView; rule: SlotRule; slots: readonly UsedSlot[] }) {
  const { title } = props.account.owner;
  return (
    <ChangeDialog
      icon="closed"
      word="Close slots…"
      label={`Close slots of ${title}…`}
      title={`Close slots of ${title}`}
    >
      {(close) => <CloseForm {...props} close={close} />}
    </ChangeDialog>
  );
}
