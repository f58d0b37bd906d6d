"use client";

import { useZones } from "#components/ui/use-zones.ts";
import type { LimitsView } from "#lib/api/view.ts";
import { resourceInWords, resourceNames } from "#lib/booking/resources.ts";
import { day, zoneName } from "#lib/client/zoned-time.ts";
import type { UsedSlot } from "./account-use.ts";
import { LoadCell } from "./load-cell.tsx";
import { dayRuns, slotLabel } from "./slot-labels.ts";
import { WideBox } from "./wide-box.tsx";

const rowTitles = { cores: "Cores", memoryGiB: "Memory", gpus: "GPUs" } as const;

/** The load of every slot of the window, as a table: it reads as a heat map and as numbers. */
export function LoadTable(props: { slots: readonly UsedSlot[]; limits: LimitsView; title: string }) {
  const { slots, limits, title } = props;
  const { shown } = useZones();
  return (
    <WideBox label={`Load of ${title}`}>
      <table className="load" style={{ minWidth: `${7 + slots.length * 1.7}rem` }}>
        <caption className="unseen">Load of {title} by slot, per cent of the limit</caption>
        <thead>
          <tr>
            <td>{zoneName(shown)}</td>
            {dayRuns(slots, shown).map(({ start, length }) => (
              <th key={start} scope="colgroup" colSpan={length} className="day">
                <span className={length < 3 ? "unseen" : undefined}>{day(start, shown)}</span>
              </th>
            ))}
          </tr>
          <tr>
            <td />
            {slots.map(({ start }, index) => (
              <th key={start} scope="col" aria-current={index === 0 ? "time" : undefined}>
                {slotLabel(start, shown)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resourceNames.map((name) => (
            <tr key={name}>
              <th scope="row">
                <b>{rowTitles[name]}</b>
                <span>of {name === "memoryGiB" ? `${limits[name]} GiB` : limits[name]}</span>
              </th>
              {slots.map(({ start, used, closed }) => (
                <LoadCell
                  key={start}
                  used={used[name]}
                  limit={limits[name]}
                  words={resourceInWords(name, used[name])}
                  closed={closed}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  );
}
