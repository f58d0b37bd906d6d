"use client";

import { useId } from "react";
import type { LimitPolicy } from "#lib/booking/limit-change.ts";

const choices = [
  {
    policy: "keep",
    word: "Keep what is booked",
    words: "It is honoured above the limit; only new bookings are bound.",
  },
  { policy: "cancel", word: "Cancel what no longer fits", words: "Latest booked first, until the rest fits." },
] as const;

/** What becomes of bookings that no longer fit. */
export function PolicyChoice(props: { policy: LimitPolicy; onPolicy: (policy: LimitPolicy) => void }) {
  const name = useId();
  return (
    <fieldset className="policy">
      <legend className="label">What happens to bookings that no longer fit</legend>
      {choices.map(({ policy, word, words }) => (
        <label key={policy}>
          <input type="radio" name={name} checked={props.policy === policy} onChange={() => props.onPolicy(policy)} />
          <b>{word}</b>
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
