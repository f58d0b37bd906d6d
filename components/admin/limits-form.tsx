"use client";

import { useState } from "react";
import type { LimitChangeForm } from "#lib/api/limit-change.ts";
import type { AccountView } from "#lib/api/view.ts";
import type { LimitPolicy } from "#lib/booking/limit-change.ts";
import type { SlotRule } from "#lib/booking/slot.ts";
import { busiest, hoursOf, type UsedSlot } from "./account-use.ts";
import { ChangeFoot } from "./change-foot.tsx";
import { groupsOf, type LimitName, limitFields } from "./limit-fields.ts";
import { draftOf, readDraft } from "./limits-draft.ts";
import { PolicyChoice } from "./policy-choice.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { PreviewPlot } from "./preview-plot.tsx";
import { TextField } from "./text-field.tsx";
import { useLimitChange } from "./use-limit-change.ts";

interface LimitsFormProps {
  readonly account: AccountView;
  readonly rule: SlotRule;
  readonly slots: readonly UsedSlot[];
  readonly close: () => void;
}

/** All limits of an account, what becomes of what is booked, why, and what that would do now. */
export function LimitsForm({ account, rule, slots, close }: LimitsFormProps) {
  // As they were when the form was opened: what somebody else changes meanwhile is not taken back.
  const [before] = useState(account.limits);
  const [draft, setDraft] = useState(() => draftOf(before));
  const [policy, setPolicy] = useState<LimitPolicy>("keep");
  const [why, setWhy] = useState("");
  const { limits, problems } = readDraft(draft, before);
  const isWrong = Object.keys(problems).length > 0;
  const isSame = Object.keys(limits).length === 0;
  const form: LimitChangeForm | null = isWrong || isSame ? null : { accountId: account.id, limits, policy };
  const change = useLimitChange(form);

  const most = busiest(slots);
  const used: Partial<Record<LimitName, string>> = {
    cores: `up to ${most.cores} used`,
    memoryGiB: `up to ${most.memoryGiB} used`,
    gpus: `up to ${most.gpus} used`,
    coreHours: `${hoursOf(slots).coreHours} booked`,
    gpuHours: `${hoursOf(slots).gpuHours} booked`,
  };
  const hintOf = (name: LimitName) => [`now ${before[name] ?? "none"}`, used[name]].filter(Boolean).join(", ");
  const problemOf = (name: LimitName) =>
    problems[name] ?? change.refusals.find(({ field }) => field === name)?.sentence;
  return (
    <>
      {groupsOf(account.kind).map(({ title, names }) => (
        <fieldset key={title} className="limit-group">
          <legend className="label">{title}</legend>
          {names.map((name) => (
            <TextField
              key={name}
              label={limitFields[name].label}
              unit={limitFields[name].unit}
              text={draft[name]}
              onText={(text) => setDraft({ ...draft, [name]: text })}
              problem={problemOf(name)}
              hint={hintOf(name)}
              numeric
            />
          ))}
        </fieldset>
      ))}
      <div className="split">
        <div className="stack">
          <PolicyChoice policy={policy} onPolicy={setPolicy} />
          <TextField label="Why" text={why} onText={setWhy} problem={undefined} hint="Told to whoever is touched." />
        </div>
        <PreviewPlot change={change} rule={rule} slots={slots} />
      </div>
      <PreviewPanel change={change} rule={rule} />
      <ChangeFoot
        change={change}
        close={close}
        onApply={() => form && change.apply(form, why, close)}
        wait={isWrong ? "Correct what is marked first." : isSame ? "Change a limit to see what that would do." : null}
      />
    </>
  );
}
