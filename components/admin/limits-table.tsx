"use client";

import type { Millis } from "#lib/booking/slot.ts";
import { LimitsRow } from "./limits-row.tsx";
import type { PlatformAccounts } from "./platform-desk.tsx";
import { WideBox } from "./wide-box.tsx";

/** Every account of a platform with what is used of its limits: the platform, then projects, then people. */
export function LimitsTable({ platform, now }: { platform: PlatformAccounts; now: Millis }) {
  return (
    <WideBox label={`Limits of ${platform.title}`}>
      <table className="limits">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Cores, used of limit</th>
            <th scope="col">Memory, GiB</th>
            <th scope="col">GPUs</th>
            <th scope="col">Core-hours, of budget</th>
            <th scope="col">GPU-hours, of budget</th>
            <th scope="col">At once</th>
            <th scope="col">
              <span className="unseen">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {platform.accounts.map((account) => (
            <LimitsRow key={account.id} account={account} rule={platform} now={now} />
          ))}
        </tbody>
      </table>
    </WideBox>
  );
}
