"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clock, day, sameDay, zoneName } from "#lib/client/zoned-time.ts";
import type { MoveChoice } from "./move-choices.ts";

interface MoveListProps {
  readonly choices: readonly MoveChoice[];
  readonly chosen: Millis | null;
  readonly onChoose: (startsAt: Millis) => void;
}

const marks = { free: "fits", here: "mine", closed: "closed", "no room": "full" } as const;
const words = { free: "free", here: "here now", closed: "closed", "no room": "no room" } as const;

/** The starts one can move to, day by day; those without room are shown and cannot be chosen. */
export function MoveList({ choices, chosen, onChoose }: MoveListProps) {
  const { shown, beside } = useZones();
  return (
    <fieldset className="move-list">
      <legend className="label">New start, {zoneName(shown)}</legend>
      {choices.map(({ startsAt, says }, index) => {
        const before = choices[index - 1];
        const isNewDay = !before || !sameDay(before.startsAt, startsAt, shown);
        return (
          <div key={startsAt} className={isNewDay ? "new-day" : undefined}>
            {isNewDay && <p className="small quiet">{day(startsAt, shown)}</p>}
            <label className={`start-choice t-${marks[says]}`}>
              <input
                type="radio"
                name="move-to"
                value={startsAt}
                checked={startsAt === chosen}
                disabled={says !== "free"}
                onChange={() => onChoose(startsAt)}
              />
              <span className="card">
                <span className="unseen">{day(startsAt, shown)} </span>
                <b>{clock(startsAt, shown)}</b>
                <span className="tiny">{beside === null ? "" : `${clock(startsAt, beside)} ${zoneName(beside)}`}</span>
                <span className="says">
                  <Icon name={marks[says]} />
                  {words[says]}
                </span>
              </span>
            </label>
          </div>
        );
      })}
    </fieldset>
  );
}
