"use client";

import type { ReactNode } from "react";
import type { CalendarView } from "#lib/api/view.ts";
import type { SlotCapacity } from "#lib/booking/capacity.ts";
import { amountsOf } from "#lib/booking/choices.ts";
import type { Refusal, RequestField } from "#lib/booking/refusal.ts";
import { leastResources } from "#lib/booking/request.ts";
import { type ResourceName, resourceNames, smallerOf } from "#lib/booking/resources.ts";
import { LeftMeter } from "./left-meter.tsx";
import { LimitsLine } from "./limits-line.tsx";
import { OrLess } from "./or-less.tsx";
import { Presets } from "./presets.tsx";
import { type CheckedDraft, type Draft, durationStep, durationUnit } from "./request-draft.ts";
import { stepped, steppedAmong } from "./stepped.ts";
import { StepperField } from "./stepper-field.tsx";
import { OneEnvironment, WhatToRun } from "./what-to-run.tsx";

const labels: Record<ResourceName, { label: string; unit?: string }> = {
  cores: { label: "Cores" },
  memoryGiB: { label: "Memory", unit: "GiB" },
  gpus: { label: "GPUs" },
};

interface ShapeFormProps {
  readonly view: CalendarView;
  readonly draft: Draft;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly checked: CheckedDraft;
  /** What the server said of fields. */
  readonly refused: readonly Refusal[];
  /** The slot it would start in: whose limits the meters show. */
  readonly slot: SlotCapacity | undefined;
  /** Of all slots, those it fits in, and those that are held for it already. */
  readonly fits: { readonly some: number; readonly held: number; readonly all: number };
  readonly onAsk: () => void;
  /** When it starts, and the button. */
  readonly children: ReactNode;
}

/** What I want to run: the shape on one line, under each amount what I have left and what this takes. */
export function ShapeForm(props: ShapeFormProps) {
  const { view, draft, onDraft, checked, slot, fits } = props;
  const { platform } = view;
  const mine = slot?.accounts.user;
  const problem = (field: RequestField) =>
    [...checked.refusals, ...props.refused].find((refusal) => refusal.field === field)?.sentence;
  const unit = durationUnit(platform);
  const slotStep = durationStep(platform);
  const step = (name: ResourceName, way: 1 | -1) => {
    const amounts = amountsOf(platform, name)?.filter((one) => one <= platform.limit[name]);
    return amounts
      ? steppedAmong(draft[name], way, amounts)
      : stepped(draft[name], way, leastResources[name], platform.limit[name]);
  };
  const mostMinutes = (platform.windowHours * 60) / unit.minutes;

  return (
    <form
      className="panel"
      aria-labelledby="shape-h"
      onSubmit={(event) => {
        event.preventDefault();
        props.onAsk();
      }}
    >
      <header className="spread">
        <h2 id="shape-h">What I want to run</h2>
        <p className="small quiet">
          This shape fits in{" "}
          <b className="fitting">
            {fits.some} of {fits.all} slots
          </b>
          {fits.held > 0 && `; ${fits.held} more ${fits.held === 1 ? "is" : "are"} held for you`}. The bars show what I
          have left, and what this takes.
        </p>
      </header>
      <div className={platform.onlyNotebooks ? "shape" : "shape chosen"}>
        {platform.onlyNotebooks ? (
          <OneEnvironment problem={problem("executable")} />
        ) : (
          <WhatToRun platform={platform} draft={draft} onDraft={onDraft} problem={problem} />
        )}
        {resourceNames.map((name) => (
          <StepperField
            key={name}
            {...labels[name]}
            text={draft[name]}
            onText={(text) => onDraft({ [name]: text })}
            after={(way) => step(name, way)}
            problem={problem(name)}
          >
            {mine && platform.limit[name] > 0 ? (
              <LeftMeter
                label={`My ${labels[name].label}`}
                used={mine.used[name]}
                limit={mine.limit[name]}
                asked={checked.shape?.[name] ?? 0}
                unit={name === "memoryGiB" ? " GiB" : ""}
              />
            ) : (
              <p className="hint">none on this platform</p>
            )}
          </StepperField>
        ))}
        <StepperField
          label="Duration"
          unit={unit.word}
          text={draft.duration}
          onText={(duration) => onDraft({ duration })}
          after={(way) => stepped(draft.duration, way * slotStep, slotStep, mostMinutes)}
          problem={problem("durationSlots")}
        >
          <p className="hint">{durationHint(draft, platform.slotMinutes)}</p>
        </StepperField>
        {props.children}
        <OrLess view={view} draft={draft} onDraft={onDraft} />
        <Presets
          platform={platform}
          most={mine ? smallerOf(platform.limit, mine.limit) : platform.limit}
          shape={checked.shape}
          onShape={({ cores, memoryGiB, gpus }) =>
            onDraft({ cores: String(cores), memoryGiB: String(memoryGiB), gpus: String(gpus) })
          }
        />
        <LimitsLine view={view} />
      </div>
    </form>
  );
}

const durationHint = (draft: Draft, slotMinutes: number) =>
  draft.start === "now" ? "and the rest of this slot" : `in slots of ${slotMinutes} min`;
