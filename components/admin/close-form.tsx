"use client";

import { useState } from "react";
import { useZones } from "#components/ui/use-zones.ts";
import type { AccountView } from "#lib/api/view.ts";
import { type SlotRule, slotLength } from "#lib/booking/slot.ts";
import type { UsedSlot } from "./account-use.ts";
import { ChangeFoot } from "./change-foot.tsx";
import { atEdge, type CloseDraft, closeForm, withStart } from "./close-draft.ts";
import { ClosingSentence } from "./closing-sentence.tsx";
import { PolicyChoice } from "./policy-choice.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { PreviewPlot } from "./preview-plot.tsx";
import { TextField } from "./text-field.tsx";
import { TimeChoice } from "./time-choice.tsx";
import { useLimitChange } from "./use-limit-change.ts";

interface CloseFormProps {
  readonly account: AccountView;
  readonly rule: SlotRule;
  readonly slots: readonly UsedSlot[];
  readonly close: () => void;
}

/** From when until when, the reason that everybody reads, and what that would do now. */
export function CloseForm({ account, rule, slots, close }: CloseFormProps) {
  const { shown } = useZones();
  const length = slotLength(rule);
  // The slots as the form was opened: what was chosen stays there to be seen when the next slot begins.
  const [starts] = useState(() => slots.map(({ start }) => start));
  const [draft, setDraft] = useState<CloseDraft>(() => {
    const first = starts[1] ?? starts[0] ?? 0;
    return { from: atEdge(first), until: atEdge(first + length), reason: "", policy: "keep" };
  });
  const [isMissed, setIsMissed] = useState(false);
  const hasReason = draft.reason.trim() !== "";
  const form = closeForm(account.id, draft, shown);
  const change = useLimitChange(form);
  const wrong = form === null ? "That is no time." : change.refusals.find(({ field }) => field === "close")?.sentence;

  function apply() {
    setIsMissed(!hasReason);
    if (hasReason && form) change.apply(form, "", close);
  }
  return (
    <>
      <div className="times">
        <TimeChoice
          label="From"
          edges={starts}
          time={draft.from}
          onTime={(from) => setDraft(withStart(draft, from, length, shown))}
          problem={undefined}
        />
        <TimeChoice
          label="Until"
          edges={starts.map((start) => start + length)}
          time={draft.until}
          onTime={(until) => setDraft({ ...draft, until })}
          problem={wrong}
        />
        <TextField
          label="Reason"
          text={draft.reason}
          onText={(reason) => setDraft({ ...draft, reason })}
          problem={isMissed && !hasReason ? "Say why: everybody will read it." : undefined}
          hint="Everybody reads it in the calendar."
        />
      </div>
      <div className="split">
        <PolicyChoice policy={draft.policy} onPolicy={(policy) => setDraft({ ...draft, policy })} />
        <PreviewPlot change={change} rule={rule} slots={slots} />
      </div>
      <ClosingSentence change={change} rule={rule} />
      <PreviewPanel change={change} rule={rule} />
      <ChangeFoot change={change} close={close} onApply={apply} wait={wrong ? "Correct what is marked first." : null} />
    </>
  );
}
