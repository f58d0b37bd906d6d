"use client";

import { useZones } from "#components/ui/use-zones.ts";
import { resourceInWords } from "#lib/booking/resources.ts";
import { type SlotRule, slotLength } from "#lib/booking/slot.ts";
import { zoneName } from "#lib/client/zoned-time.ts";
import type { UsedSlot } from "./account-use.ts";
import { plotBars, plottedResource } from "./plot-bars.ts";
import { PlotDrawing } from "./plot-drawing.tsx";
import type { LimitChange } from "./use-limit-change.ts";

const titles = { cores: "Cores", memoryGiB: "Memory, GiB", gpus: "GPUs" } as const;

/** What is used of each slot against the new limit; what the figures say in words stands beside it in the preview. */
export function PreviewPlot(props: { change: LimitChange; rule: SlotRule; slots: readonly UsedSlot[] }) {
  const { shown } = useZones();
  const { preview } = props.change;
  const resource = preview && plottedResource(preview);
  if (!preview || !resource) return null;
  const starts = props.slots.map(({ start }) => start);
  const bars = plotBars(preview, resource, starts, slotLength(props.rule));
  const limit = preview.after[resource];
  const most = Math.max(...bars.map(({ within, above, gone }) => within + above + gone));
  return (
    <figure className="what-if">
      <figcaption className="label">
        {titles[resource]} by slot, {zoneName(shown)}
      </figcaption>
      <PlotDrawing
        bars={bars}
        now={preview.before[resource]}
        limit={limit}
        zone={shown}
        label={`New limit ${resourceInWords(resource, limit)}; at the busiest slot ${resourceInWords(resource, most)} are used now.`}
      />
      <ul className="load-key" aria-label="Legend">
        <li>
          <i className="used" />
          stays
        </li>
        <li>
          <i className="over" />
          stays, above
        </li>
        <li>
          <i className="gone" />
          goes
        </li>
      </ul>
    </figure>
  );
}
