import type { LimitPreviewView } from "#lib/api/view.ts";
import { type ResourceName, resourceNames } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";

/** One slot as the plot shows it, in the plotted resource. The three parts lie on each other and are what is used now. */
export interface PlotBar {
  readonly start: Millis;
  readonly closed: boolean;
  /** Stays within the limit, stays above it, goes. */
  readonly within: number;
  readonly above: number;
  readonly gone: number;
}

/** What is worth a plot: the resource that stays most above its limit, else the first that changes; null: none is. */
export function plottedResource({ before, after, over, closings }: LimitPreviewView): ResourceName | null {
  const first = over.toSorted((a, b) => b.by / (after[b.resource] || 1) - a.by / (after[a.resource] || 1))[0];
  if (first) return first.resource;
  if (closings.length > 0) return "cores";
  return resourceNames.find((name) => before[name] !== after[name]) ?? null;
}

/** A bar for each slot from `starts`, of `length` each. */
export function plotBars(
  preview: LimitPreviewView,
  resource: ResourceName,
  starts: readonly Millis[],
  length: Millis,
): PlotBar[] {
  const known = new Map(preview.slots.map((slot) => [slot.start, slot]));
  const closings = new Map(preview.closings.map(({ slot, closed }) => [slot, closed !== null]));
  return starts.map((start) => {
    const slot = known.get(start);
    const closed = closings.get(start) ?? slot?.closed ?? false;
    const used = slot?.used[resource] ?? 0;
    const gone = preview.cancelled
      .filter(({ startsAt, endsAt }) => startsAt < start + length && endsAt > start)
      .reduce((sum, session) => sum + session[resource], 0);
    const stays = Math.max(0, used - gone);
    const within = closed ? 0 : Math.min(stays, preview.after[resource]);
    return { start, closed, within, above: stays - within, gone: Math.min(gone, used) };
  });
}
