"use client";

import { ReadinessMark, ReadinessNote } from "#components/ui/readiness.tsx";
import type { AdminView } from "#lib/api/view.ts";
import { type Millis, slotLength } from "#lib/booking/slot.ts";
import { windowSlots } from "./account-use.ts";
import { CloseSlots } from "./close-slots.tsx";
import { ClosedSlots } from "./closed-slots.tsx";
import { closedSpans } from "./closed-spans.ts";
import { LimitsTable } from "./limits-table.tsx";
import { LoadLegend } from "./load-legend.tsx";
import { LoadTable } from "./load-table.tsx";
import { PlatformTally } from "./platform-tally.tsx";

export type PlatformAccounts = AdminView["platforms"][number];

/** One platform: how full it is, what is closed, and who may have how much. */
export function PlatformDesk({ platform, now }: { platform: PlatformAccounts; now: Millis }) {
  const { name, title, accounts, readiness } = platform;
  const account = accounts.find(({ kind }) => kind === "platform");
  if (!account) return null;
  const slots = windowSlots(account, platform, now);
  const spans = closedSpans(account.slots, slotLength(platform)).filter(({ end }) => end > now);
  return (
    <section className="platform-desk" aria-labelledby={`${name}-h`}>
      <div>
        <header className="spread">
          <div>
            <h2 id={`${name}-h`}>{title}</h2>
            <p className="sum">
              <ReadinessMark title={title} readiness={readiness} />
            </p>
          </div>
          <PlatformTally slots={slots} limits={account.limits} />
        </header>
        <ReadinessNote readiness={readiness} />
      </div>
      <section className="panel" aria-labelledby={`${name}-h ${name}-load-h`}>
        <header className="spread">
          <h3 id={`${name}-load-h`}>Load by slot, per cent of the limit</h3>
          <LoadLegend />
        </header>
        <LoadTable slots={slots} limits={account.limits} title={title} />
      </section>
      <section className="panel" aria-labelledby={`${name}-h ${name}-closed-h`}>
        <header className="spread">
          <h3 id={`${name}-closed-h`}>Closed slots</h3>
          <CloseSlots account={account} rule={platform} slots={slots} />
        </header>
        <ClosedSlots account={account} rule={platform} spans={spans} />
      </section>
      <section className="panel" aria-labelledby={`${name}-h ${name}-limits-h`}>
        <header>
          <h3 id={`${name}-limits-h`}>Limits: what is used at the busiest slot, and over {platform.windowHours} h</h3>
        </header>
        <LimitsTable platform={platform} now={now} />
      </section>
    </section>
  );
}
