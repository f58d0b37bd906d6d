"use client";

import { useZones } from "#components/ui/use-zones.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { timeLeft } from "#lib/client/time-left.ts";
import { clockFrom, zoneName } from "#lib/client/zoned-time.ts";
import { dialFace, dialSpan, dialTicks } from "./dial-geometry.ts";
import { warningsOf } from "./warnings.ts";

interface SessionDialProps {
  readonly start: Millis;
  readonly end: Millis;
  readonly slotMinutes: number;
  readonly now: Millis;
}

/** The dial is the hour: what is left in brass, cut at the warnings; before the start, what is left until then. */
export function SessionDial({ start, end, slotMinutes, now }: SessionDialProps) {
  const { shown } = useZones();
  const isBefore = now < start;
  const span = dialSpan({ start, end }, slotMinutes, now);
  const { left, hand, gaps } = dialFace(span, isBefore ? [] : warningsOf({ start, end }).map(({ at }) => at), now);
  const until = isBefore ? start : end;
  const text = timeLeft(until - now);
  return (
    <div className="face" role="timer" aria-label={isBefore ? "Time until it starts" : "Time left"}>
      <svg className="dial" viewBox="0 0 200 200" aria-hidden="true">
        <path d={dialTicks} stroke="var(--color-edge)" strokeWidth="1" fill="none" />
        <circle cx="100" cy="100" r="76" fill="none" stroke="var(--color-line)" strokeWidth="9" />
        {left && <path d={left} stroke="var(--color-accent)" strokeWidth="9" fill="none" />}
        <path d={gaps} stroke="var(--color-panel)" strokeWidth="2" />
        <path
          d={`M${hand.from.x} ${hand.from.y}L${hand.to.x} ${hand.to.y}`}
          stroke="var(--color-ink)"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
        <circle cx={hand.to.x} cy={hand.to.y} r="3" fill="var(--color-ink)" />
      </svg>
      <p>
        <b className={text.length > 5 ? "long" : undefined}>{text}</b>
        <span>
          {isBefore ? "until it starts," : "left, ends"} {clockFrom(now, until, shown)} {zoneName(shown)}
        </span>
      </p>
    </div>
  );
}
