import { heldOffers } from "#components/wizard/offer-sets.ts";
import type { CalendarView, OfferView, SessionView } from "#lib/api/view.ts";
import { startsTooSoon } from "#lib/booking/candidates.ts";
import { type Fit, freeFor, type SlotCapacity, type SlotFit, slotFit } from "#lib/booking/capacity.ts";
import { openPhases, type Phase } from "#lib/booking/phase.ts";
import { type Resources, smallerOf } from "#lib/booking/resources.ts";
import { type Millis, slotLength } from "#lib/booking/slot.ts";

/** `soon`: it starts before anybody could decide. `late`: the session would end after the window. */
export type CellKind = Fit | "soon" | "late" | "held" | "mine";

/** How many cells say this word: the one count for all sentences about the grid. */
export const countOf = (cells: readonly SlotCell[], kind: CellKind): number =>
  cells.filter((cell) => cell.kind === kind).length;

/** One cell of the grid: what starting there would mean. */
export interface SlotCell {
  readonly start: Millis;
  readonly end: Millis;
  readonly kind: CellKind;
  /** Of all slots the session would stand in, what the tightest one says. */
  readonly fit: SlotFit;
  /** Start of that tightest slot. */
  readonly tightest: Millis;
  /** The most that can be had from here for the whole duration. */
  readonly most: Resources;
  /** Why it is closed. */
  readonly closed: string | null;
  /** My booking here, and how many more of them there are. */
  readonly session: SessionView | null;
  readonly moreSessions: number;
  /** The offer that is held for me here, and its number in the set. */
  readonly offer: OfferView | null;
  readonly offerNumber: number;
}

const severity: Record<Fit, number> = { fits: 0, smaller: 1, full: 2, closed: 3 };
const isOpen = (phase: Phase) => (openPhases as readonly Phase[]).includes(phase);
const meets = (one: { startsAt: Millis; endsAt: Millis }, start: Millis, end: Millis) =>
  one.startsAt < end && one.endsAt > start;

/**
 * What every slot of the window says to `shape` for `durationSlots`. A booking of mine comes before a hold, a hold
 * before what the ledger says; of several slots the tightest speaks.
 */
export function slotCells(view: CalendarView, shape: Resources, durationSlots: number, now: Millis): SlotCell[] {
  const length = slotLength(view.platform);
  const sessions = view.sessions.filter(({ phase }) => isOpen(phase));
  const held = heldOffers(view.offerSets, now);

  return view.slots.map((slot, index) => {
    const start = slot.start;
    const end = start + length;
    // A start in the running slot is a start now, which takes the rest of it and then the whole duration.
    const needed = start < now ? durationSlots + 1 : durationSlots;
    const span = view.slots.slice(index, index + needed);
    const { fit, tightest } = tightestOf(span, shape, slot);
    const mine = sessions.filter((session) => meets(session, start, end));
    const { offer, number } = held.find((one) => meets(one.offer, start, end)) ?? { offer: null, number: 0 };
    const isTooSoon = start > now && startsTooSoon(view.platform, start, now);
    const isTooLate = span.length < needed;
    const said = fit.fit === "closed" ? "closed" : isTooSoon ? "soon" : isTooLate ? "late" : fit.fit;
    return {
      start,
      end,
      kind: mine.length > 0 ? "mine" : offer !== null ? "held" : said,
      fit,
      tightest,
      most: span.map(freeFor).reduce(smallerOf),
      closed: span.find((one) => one.closed !== null)?.closed ?? null,
      session: mine[0] ?? null,
      moreSessions: Math.max(0, mine.length - 1),
      offer,
      offerNumber: number,
    };
  });
}

/** Of `span`, the slot with the worst word, then the fewest times, then the least share. */
function tightestOf(span: readonly SlotCapacity[], shape: Resources, first: SlotCapacity) {
  return span
    .map((slot) => ({ tightest: slot.start, fit: slotFit(slot, shape) }))
    .reduce(
      (worst, one) => {
        const difference =
          severity[one.fit.fit] - severity[worst.fit.fit] ||
          worst.fit.times - one.fit.times ||
          worst.fit.share - one.fit.share;
        return difference > 0 ? one : worst;
      },
      { tightest: first.start, fit: slotFit(first, shape) },
    );
}
