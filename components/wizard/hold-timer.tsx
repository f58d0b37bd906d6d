"use client";

import type { Millis } from "#lib/booking/slot.ts";
import { HOLD_MS, holdLeft, timeLeft } from "#lib/client/time-left.ts";

const CIRCLE = 2 * Math.PI * 8;

/** The time left to decide. */
export function HoldTimer({ expiresAt, now }: { expiresAt: Millis; now: Millis }) {
  const left = holdLeft(expiresAt, now);
  const drawn = Math.min(1, left / HOLD_MS) * CIRCLE;
  return (
    <p className="hold">
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="8" fill="none" stroke="var(--color-line)" strokeWidth="2.5" />
        <circle
          cx="10"
          cy="10"
          r="8"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeDasharray={`${drawn.toFixed(1)} 60`}
          transform="rotate(-90 10 10)"
        />
      </svg>
      <span role="timer" aria-label="Time left to decide">
        held for {timeLeft(left)}
      </span>
    </p>
  );
}
