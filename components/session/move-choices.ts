import type { CalendarView, SessionView } from "#lib/api/view.ts";
import { type Candidate, startsTooSoon } from "#lib/booking/candidates.ts";
import { accountKinds, type Capacity, type SlotCapacity } from "#lib/booking/capacity.ts";
import { leftOf } from "#lib/booking/resources.ts";
import { fitsRoom, roomIn } from "#lib/booking/room.ts";
import { type Millis, slotLength, slotStart, type TimeSpan } from "#lib/booking/slot.ts";

/** A slot that a booking could start in instead. `here`: where it starts now. */
export interface MoveChoice {
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly says: "free" | "here" | "closed" | "no room";
}

type Booking = Pick<SessionView, "startsAt" | "endsAt" | "resources">;

/**
 * Every start in the window that a booking could be moved to and still end inside it, and whether there is room. What the
 * booking takes itself does not count: moving gives it back. The server decides in the end.
 */
export function moveChoices({ startsAt, endsAt, resources }: Booking, view: CalendarView, now: Millis): MoveChoice[] {
  const { platform, slots } = view;
  const span = { start: slotStart(platform, startsAt), end: endsAt };
  const length = span.end - span.start;
  const windowEnd = (slots.at(-1)?.start ?? now) + slotLength(platform);
  const room = roomIn(without(view, span, resources), platform);
  return slots
    .filter(({ start }) => start + length <= windowEnd && !startsTooSoon(platform, start, now))
    .map(({ start }) => {
      const end = start + length;
      const says =
        start === span.start ? "here" : hasRoom(start) ? "free" : isClosed(start, end) ? "closed" : "no room";
      return { startsAt: start, endsAt: end, says };
    });

  function hasRoom(start: Millis): boolean {
    const end = start + length;
    const durationSlots = length / slotLength(platform);
    const candidate: Candidate = {
      span: { start, end },
      startsAt: start,
      endsAt: end,
      startsNow: false,
      durationSlots,
      resources,
      expiresAt: end,
    };
    return fitsRoom(candidate, room);
  }

  function isClosed(start: Millis, end: Millis): boolean {
    return slots.some((slot) => slot.start >= start && slot.start < end && slot.closed !== null);
  }
}

/** The capacity as it would be without what a booking takes of it. */
function without({ slots, budgets }: Capacity, span: TimeSpan, resources: Booking["resources"]): Capacity {
  const free = (slot: SlotCapacity): SlotCapacity => {
    const accounts = { ...slot.accounts };
    for (const kind of accountKinds) {
      const { used, limit } = slot.accounts[kind];
      accounts[kind] = { used: leftOf(used, resources), limit };
    }
    return { ...slot, accounts };
  };
  return {
    budgets,
    slots: slots.map((slot) => (slot.start >= span.start && slot.start < span.end ? free(slot) : slot)),
  };
}
