"use client";

import type { AccountView } from "#lib/api/view.ts";
import type { Millis, SlotRule } from "#lib/booking/slot.ts";
import { busiest, hoursOf, windowSlots } from "./account-use.ts";
import { ChangeLimits } from "./change-limits.tsx";
import { limitInWords } from "./limit-fields.ts";
import { UsedOfLimit } from "./used-of-limit.tsx";

/** One account: used of each limit, and the way to change them. */
export function LimitsRow({ account, rule, now }: { account: AccountView; rule: SlotRule; now: Millis }) {
  const { kind, owner, limits } = account;
  const slots = windowSlots(account, rule, now);
  const most = busiest(slots);
  const { coreHours, gpuHours } = hoursOf(slots);
  return (
    <tr>
      <th scope="row">
        <b>{owner.title}</b>
        <span>{kind === "user" ? `person, ${owner.name}` : kind}</span>
      </th>
      <UsedOfLimit used={most.cores} limit={limits.cores} />
      <UsedOfLimit used={most.memoryGiB} limit={limits.memoryGiB} />
      <UsedOfLimit used={most.gpus} limit={limits.gpus} />
      <UsedOfLimit used={coreHours} limit={limits.coreHours} />
      <UsedOfLimit used={gpuHours} limit={limits.gpuHours} />
      <td className="caps">
        {kind === "user" ? (
          <>
            <span>{limitInWords("openBookings", limits.openBookings)}</span>
            <span>{limitInWords("offerSets", limits.offerSets)}</span>
          </>
        ) : (
          <span className="faint">
            <span aria-hidden="true">–</span>
            <span className="unseen">not limited</span>
          </span>
        )}
      </td>
      <td className="do">
        <ChangeLimits account={account} rule={rule} slots={slots} />
      </td>
    </tr>
  );
}
