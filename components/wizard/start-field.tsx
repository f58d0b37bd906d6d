"use client";

import { useId } from "react";
import { useZones } from "#components/ui/use-zones.ts";
import { clock, day, sameDay, zoneName } from "#lib/client/zoned-time.ts";
import type { Draft } from "./request-draft.ts";

interface StartFieldProps {
  readonly draft: Draft;
  readonly now: number;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly problem: string | undefined;
}

/** At once, or from the slot chosen in the grid. */
export function StartField({ draft, now, onDraft, problem }: StartFieldProps) {
  const { shown } = useZones();
  const id = useId();
  const { slot } = draft;
  const from =
    slot === null
      ? "from a slot"
      : `from ${sameDay(slot, now, shown) ? "" : `${day(slot, shown).slice(0, 3)} `}${clock(slot, shown)} ${zoneName(shown)}`;
  return (
    <fieldset
      className="field start"
      data-wrong={problem === undefined ? undefined : ""}
      aria-describedby={`${id}-problem`}
    >
      <legend className="label">Start</legend>
      <div className="seg">
        {(["now", "slot"] as const).map((start) => (
          <label key={start}>
            <input type="radio" name="start" checked={draft.start === start} onChange={() => onDraft({ start })} />
            <span>{start === "now" ? "now" : from}</span>
          </label>
        ))}
      </div>
      <p id={`${id}-problem`} className="wrong">
        {problem}
      </p>
    </fieldset>
  );
}
