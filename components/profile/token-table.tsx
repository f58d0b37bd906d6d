"use client";

import { WideBox } from "#components/admin/wide-box.tsx";
import type { AccessTokenView } from "#lib/api/profile-view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { TokenRow } from "./token-row.tsx";

/** The tokens that work, the newest first. */
export function TokenTable({ tokens, now }: { tokens: readonly AccessTokenView[]; now: Millis }) {
  return (
    <WideBox label="Access tokens">
      <table className="tokens">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">May</th>
            <th scope="col">Made</th>
            <th scope="col">Last used</th>
            <th scope="col">Ends</th>
            <th scope="col">
              <span className="unseen">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} now={now} />
          ))}
        </tbody>
      </table>
    </WideBox>
  );
}
