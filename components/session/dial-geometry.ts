import type { Millis, TimeSpan } from "#lib/booking/slot.ts";

/** A dial as paths on a 200 × 200 plate, minute 0 on top, time running clockwise. */
export interface DialFace {
  /** What is left; null when nothing is. */
  readonly left: string | null;
  /** From the ring outwards, at the present time. */
  readonly hand: { readonly from: Point; readonly to: Point };
  /** Where the ring is cut: the warnings to come. */
  readonly gaps: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const CENTRE = 100;
const RING = 76;
const HOUR: Millis = 3_600_000;

const hundredth = (value: number) => Math.round(value * 100) / 100 + 0;

/** The point at `share` (0..1) of the circle and `radius` from its middle. */
export function dialPoint(share: number, radius: number): Point {
  const angle = share * 2 * Math.PI;
  return { x: hundredth(CENTRE + radius * Math.sin(angle)), y: hundredth(CENTRE - radius * Math.cos(angle)) };
}

const at = (share: number, radius: number) => {
  const { x, y } = dialPoint(share, radius);
  return `${x} ${y}`;
};

/** An arc of the ring, clockwise; a whole circle is two halves, since an arc cannot end where it starts. */
export function ringArc(from: number, to: number): string {
  if (to - from >= 0.9999) return `${ringArc(0, 0.5)}${ringArc(0.5, 0.9998)}`;
  const large = to - from > 0.5 ? 1 : 0;
  return `M${at(from, RING)}A${RING} ${RING} 0 ${large} 1 ${at(to, RING)}`;
}

/**
 * What the circle stands for: where a slot is an hour, the hour that a booking of up to one hour ends with, so that the
 * hand stands where a clock's would; otherwise the booking. Before its start: the last hour before it.
 */
export function dialSpan(booking: TimeSpan, slotMinutes: number, now: Millis): TimeSpan {
  if (now < booking.start) return { start: booking.start - HOUR, end: booking.start };
  const isHour = slotMinutes === 60 && booking.end - booking.start <= HOUR;
  return isHour ? { start: booking.end - HOUR, end: booking.end } : booking;
}

/** The face of `span` at `now`, cut at the times in `marks` that lie on it and are still to come. */
export function dialFace(span: TimeSpan, marks: readonly Millis[], now: Millis): DialFace {
  const share = (time: Millis) => Math.max(0, Math.min(1, (time - span.start) / (span.end - span.start)));
  const hand = share(now);
  const cuts = marks.filter((mark) => mark > Math.max(now, span.start) && mark < span.end);
  return {
    left: hand < 1 ? ringArc(hand, 1) : null,
    hand: { from: dialPoint(hand, 64), to: dialPoint(hand, 97) },
    gaps: cuts.map((mark) => `M${at(share(mark), RING - 6)}L${at(share(mark), RING + 6)}`).join(""),
  };
}

/** Sixty ticks round the ring, every fifth longer, every fifteenth longest. */
export const dialTicks: string = Array.from({ length: 60 }, (_, minute) => {
  const length = minute % 15 === 0 ? 8 : minute % 5 === 0 ? 6 : 4;
  return `M${at(minute / 60, 94)}L${at(minute / 60, 94 - length)}`;
}).join("");
