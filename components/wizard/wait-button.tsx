"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { RequestForm } from "#lib/api/execution-request.ts";
import { dayAndClock } from "#lib/client/zoned-time.ts";
import type { Waiting } from "./use-waiting.ts";

/** The way forward for who wants exactly what was asked: a place in the waiting list. */
export function WaitButton({ form, waiting }: { form: RequestForm; waiting: Waiting }) {
  const zones = useZones();
  const { isJoining } = waiting;
  return (
    <button className="alt t-held" type="button" aria-disabled={isJoining} onClick={() => waiting.join(form)}>
      <span className="k">
        <Icon name="held" />
        Wait for it
      </span>
      <b>{whenOf(form)}</b>
      <span className="u">{spanOf(form, zones)}</span>
      <span className="w">What you asked for, once it is free</span>
      <span className="why">{isJoining ? "joining…" : "it is then held for you alone"}</span>
    </button>
  );
}

/** A start that was asked for exactly, or any one. */
const isExact = ({ start }: RequestForm): boolean => start?.kind === "window" && start.from === start.until;

const whenOf = (form: RequestForm): string => (isExact(form) ? "That time" : "Any time");

function spanOf({ start }: RequestForm, zones: Parameters<typeof dayAndClock>[1]): string {
  if (start?.kind !== "window") return "from now on";
  const from = dayAndClock(Number(start.from), zones);
  return start.from === start.until ? from : `from ${from} on`;
}
