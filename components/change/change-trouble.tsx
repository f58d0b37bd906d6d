"use client";

import { RefusalSentence } from "#components/wizard/refusal-sentence.tsx";
import type { ChangeState } from "./use-change.ts";

/** Why a change was not made, right where it was asked for. Always there, so that what appears in it is read out. */
export function ChangeTrouble({ refusals, isBroken, isPending }: ChangeState) {
  return (
    <div className="change-trouble" role="alert">
      {!isPending &&
        refusals.map((refusal) => (
          <p key={refusal.code + refusal.sentence} className="wrong">
            <RefusalSentence refusal={refusal} />
          </p>
        ))}
      {isBroken && (
        <p className="wrong">The server did not answer as it should. It may have been done: look again in a moment.</p>
      )}
    </div>
  );
}
