"use client";

import { useId, useState } from "react";
import { ChangeTrouble } from "#components/change/change-trouble.tsx";
import type { useChange } from "#components/change/use-change.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { lasting } from "#lib/client/time-left.ts";
import { clockFrom } from "#lib/client/zoned-time.ts";

interface EndPickerProps {
  /** "Extend by", "Give back" */
  readonly label: string;
  /** "Extend", "Shorten" */
  readonly word: string;
  readonly icon: IconName;
  readonly endsAt: Millis;
  /** What one slot adds to the end; less than 0 when it is given back. */
  readonly each: Millis;
  /** By how many slots at the most; at least 1. */
  readonly most: number;
  readonly change: ReturnType<typeof useChange<number>>;
}

/** Another end: one slot with one click, more by choice. The button names the time it then ends. */
export function EndPicker({ label, word, icon, endsAt, each, most, change }: EndPickerProps) {
  const { shown } = useZones();
  const id = useId();
  const [wanted, setWanted] = useState(1);
  const slots = Math.min(wanted, most);
  return (
    <div className="end-picker">
      {most > 1 && (
        <div className="by">
          <label className="label" htmlFor={id}>
            {label}
          </label>
          <span className="pick">
            <select id={id} className="input" value={slots} onChange={(event) => setWanted(Number(event.target.value))}>
              {Array.from({ length: most }, (_, index) => index + 1).map((count) => (
                <option key={count} value={count}>
                  {lasting(Math.abs(count * each))}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        </div>
      )}
      <button
        type="button"
        className="btn"
        aria-disabled={change.isPending}
        // The page may show the new end before the answer is here, and another choice may have been made by then: it stays.
        onClick={() => change.run(slots, () => setWanted((now) => (now === wanted ? 1 : now)))}
      >
        <Icon name={icon} />
        {change.isPending ? "Changing…" : `${word} to ${clockFrom(endsAt, endsAt + slots * each, shown)}`}
      </button>
      <ChangeTrouble {...change} />
    </div>
  );
}
