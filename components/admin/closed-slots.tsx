"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { AccountView } from "#lib/api/view.ts";
import type { SlotRule } from "#lib/booking/slot.ts";
import { dayAndClock, daySpan } from "#lib/client/zoned-time.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import type { ClosedSpan } from "./closed-spans.ts";
import { OpenForm } from "./open-form.tsx";

interface ClosedSlotsProps {
  readonly account: AccountView;
  readonly rule: SlotRule;
  readonly spans: readonly ClosedSpan[];
}

const DAY_MS = 86_400_000;

/** What is closed and why, and the way to open it again. */
export function ClosedSlots({ account, rule, spans }: ClosedSlotsProps) {
  const zones = useZones();
  if (spans.length === 0) return <p className="quiet">No slot is closed.</p>;
  return (
    <ul className="closed-list">
      {spans.map((span) => {
        const words =
          span.end - span.start < DAY_MS
            ? daySpan(span.start, span.end, zones)
            : `${dayAndClock(span.start, zones)} until ${dayAndClock(span.end, zones)}`;
        return (
          <li key={span.start} className="t-closed">
            <Icon name="closed" />
            <p>
              <b>{words}</b>
              <span className="quiet">{span.reason}</span>
            </p>
            <ChangeDialog
              icon="again"
              word="Open again…"
              label={`Open ${words} again…`}
              title={span.slots === 1 ? "Open this slot again?" : `Open these ${span.slots} slots again?`}
              bare
            >
              {(close) => <OpenForm account={account} rule={rule} span={span} close={close} />}
            </ChangeDialog>
          </li>
        );
      })}
    </ul>
  );
}
