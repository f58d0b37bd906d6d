import type { LimitsView } from "#lib/api/view.ts";
import { resourceNames } from "#lib/booking/resources.ts";
import { hoursOf, type UsedSlot } from "./account-use.ts";

/** A platform in three figures. Closed slots do not count as room. */
export function PlatformTally({ slots, limits }: { slots: readonly UsedSlot[]; limits: LimitsView }) {
  const open = slots.filter(({ closed }) => closed === null);
  const room = open.reduce((sum, { start, end }) => sum + (limits.cores * (end - start)) / 3_600_000, 0);
  const { coreHours } = hoursOf(open);
  const above = open.filter(({ used }) => resourceNames.some((name) => used[name] > limits[name])).length;
  const closed = slots.length - open.length;
  const figures = [
    { figure: `${coreHours} of ${Math.round(room * 10) / 10}`, words: "core-hours booked" },
    { figure: String(closed), words: closed === 1 ? "slot closed" : "slots closed" },
    { figure: String(above), words: above === 1 ? "slot above the limit" : "slots above the limit" },
  ];
  return (
    <dl className="tally">
      {figures.map(({ figure, words }) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
