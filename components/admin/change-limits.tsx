"use client";

import type { AccountView } from "#lib/api/view.ts";
import type { SlotRule } from "#lib/booking/slot.ts";
import type { UsedSlot } from "./account-use.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import { LimitsForm } from "./limits-form.tsx";

/** Changes the limits of an account, after saying what that does. */
export function ChangeLimits(props: { account: AccountView; rule: SlotRule; slots: readonly UsedSlot[] }) {
  const { title } = props.account.owner;
  return (
    <ChangeDialog
      icon="pencil"
      word="Change…"
      label={`Change the limits of ${title}…`}
      title={`Limits of ${title}`}
      bare
    >
      {(close) => <LimitsForm {...props} close={close} />}
    </ChangeDialog>
  );
}
