"use client";

import type { LimitChangeForm } from "#lib/api/limit-change.ts";
import type { AccountView } from "#lib/api/view.ts";
import type { SlotRule } from "#lib/booking/slot.ts";
import { ChangeFoot } from "./change-foot.tsx";
import type { ClosedSpan } from "./closed-spans.ts";
import { ClosingSentence } from "./closing-sentence.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { useLimitChange } from "./use-limit-change.ts";

interface OpenFormProps {
  readonly account: AccountView;
  readonly rule: SlotRule;
  readonly span: ClosedSpan;
  readonly close: () => void;
}

/** Opens closed slots, with the same look ahead: what stands there may be above the limit. */
export function OpenForm({ account, rule, span, close }: OpenFormProps) {
  const { start, end } = span;
  const form: LimitChangeForm = {
    accountId: account.id,
    close: { from: start, until: end, reason: null },
    policy: "keep",
  };
  const change = useLimitChange(form);
  return (
    <>
      <ClosingSentence change={change} rule={rule} />
      <PreviewPanel change={change} rule={rule} />
      <ChangeFoot change={change} close={close} onApply={() => change.apply(form, "", close)} wait={null} />
    </>
  );
}
