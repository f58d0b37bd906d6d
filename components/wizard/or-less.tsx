"use client";

import { useId, useState } from "react";
import type { CalendarView } from "#lib/api/view.ts";
import { type ResourceName, resourceNames } from "#lib/booking/resources.ts";
import { type Draft, durationUnit, leastFields } from "./request-draft.ts";

interface OrLessProps {
  readonly view: CalendarView;
  readonly draft: Draft;
  readonly onDraft: (change: Partial<Draft>) => void;
}

const labels: Record<ResourceName, string> = {
  cores: "At least cores",
  memoryGiB: "At least GiB",
  gpus: "At least GPUs",
};

/** The least that would do as well; without it, exactly what is asked for. */
export function OrLess({ view: { platform }, draft, onDraft }: OrLessProps) {
  const resources = resourceNames.filter((name) => platform.limit[name] > 0);
  const [isOpen, setOpen] = useState(Object.values(leastFields).some((field) => draft[field] !== ""));
  return (
    <details className="or-less" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Or less</summary>
      <p className="hint">
        The least that would do as well. You are offered what comes closest to the amounts above; leave empty what must
        be as above.
      </p>
      <div className="fields">
        {resources.map((name) => (
          <LeastField
            key={name}
            label={labels[name]}
            text={draft[leastFields[name]]}
            onText={(text) => onDraft({ [leastFields[name]]: text })}
          />
        ))}
        <LeastField
          label={`At least ${durationUnit(platform).word}`}
          text={draft.minDuration}
          onText={(minDuration) => onDraft({ minDuration })}
        />
      </div>
    </details>
  );
}

function LeastField({ label, text, onText }: { label: string; text: string; onText: (text: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  );
}
