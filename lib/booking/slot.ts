/** A time: milliseconds since 1970-01-01T00:00:00Z, as of `Date.now()`. Zones exist only on screen. */
export type Millis = number;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;

/** How a platform cuts time. `slotMinutes` divides a day; slots are aligned to UTC; the window is `windowHours` ahead. */
export interface SlotRule {
  readonly slotMinutes: number;
  readonly windowHours: number;
}

/** A half-open interval `[start, end)`. */
export interface TimeSpan {
  readonly start: Millis;
  readonly end: Millis;
}

export const slotLength = (rule: SlotRule): Millis => rule.slotMinutes * MINUTE;

/** The start of the slot that `at` lies in: the UTC day's midnight is always a slot start. */
export const slotStart = (rule: SlotRule, at: Millis): Millis => {
  const length = slotLength(rule);
  return Math.floor(at / length) * length;
};

export const isSlotStart = (rule: SlotRule, at: Millis): boolean => slotStart(rule, at) === at;

/** The window one can book in at `now`: from the start of the running slot, `windowHours` long. */
export function bookingWindow(rule: SlotRule, now: Millis): TimeSpan {
  const start = slotStart(rule, now);
  return { start, end: start + rule.windowHours * HOUR };
}

/** The starts of all slots in the span, earliest first. `span` begins and ends on a slot's edge. */
export function slotsIn(rule: SlotRule, span: TimeSpan): Millis[] {
  const length = slotLength(rule);
  return Array.from(
    { length: Math.round((span.end - span.start) / length) },
    (_, index) => span.start + index * length,
  );
}
