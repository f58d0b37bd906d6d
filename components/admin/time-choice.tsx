"use client";

import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clock, day, zoneName } from "#lib/client/zoned-time.ts";
import { atAnotherTime, atEdge, type TimeDraft } from "./close-draft.ts";
import { dayRuns } from "./slot-labels.ts";
import { TextField } from "./text-field.tsx";

interface TimeChoiceProps {
  readonly label: string;
  readonly edges: readonly Millis[];
  readonly time: TimeDraft;
  readonly onTime: (time: TimeDraft) => void;
  readonly problem: string | undefined;
}

const OTHER = "other";

/** A time: an edge of the window's slots, or any other one. */
export function TimeChoice({ label, edges, time, onTime, problem }: TimeChoiceProps) {
  const id = useId();
  const { shown } = useZones();
  const slots = edges.map((start) => ({ start }));
  let before = 0;
  const days = dayRuns(slots, shown).map(({ start, length }) => {
    before += length;
    return { start, edges: edges.slice(before - length, before) };
  });
  const choose = (value: string) => onTime(value === OTHER ? atAnotherTime(time, shown) : atEdge(Number(value)));
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}, {zoneName(shown)}
      </label>
      <span className="pick">
        <select
          id={id}
          className="input"
          value={time.edge ?? OTHER}
          onChange={(event) => choose(event.target.value)}
          aria-invalid={problem !== undefined && time.edge !== null}
          aria-describedby={`${id}-problem`}
        >
          {days.map((one) => (
            <optgroup key={one.start} label={day(one.start, shown)}>
              {one.edges.map((edge) => (
                <option key={edge} value={edge}>
                  {day(edge, shown)} {clock(edge, shown)}
                </option>
              ))}
            </optgroup>
          ))}
          <option value={OTHER}>Another time…</option>
        </select>
        <Icon name="down" />
      </span>
      {time.edge === null ? (
        <TextField
          label={`${label}: day and time, ${zoneName(shown)}`}
          type="datetime-local"
          text={time.text}
          onText={(text) => onTime({ edge: null, text })}
          problem={problem}
        />
      ) : (
        <p id={`${id}-problem`} className="wrong">
          {problem}
        </p>
      )}
    </div>
  );
}
