"use client";

import { useState } from "react";
import type { CalendarView, OfferSetView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { runsOutAt, setToShow } from "./offer-sets.ts";
import type { Booking } from "./use-booking.ts";

/**
 * The offers that are shown, which one is chosen, and the set that has run out: it is gone from the calendar by then, so
 * the last one seen is kept here. A set that was given back on purpose did not run out.
 */
export function useOffers(
  view: CalendarView,
  { answeredId, releasedId }: Pick<Booking, "answeredId" | "releasedId">,
  now: Millis,
) {
  const [wanted, setWanted] = useState<{ setId: string | null; offerId: string | null }>(nothing);
  const [answered, setAnswered] = useState(answeredId);
  // An answer is shown, whatever was looked at before.
  if (answered !== answeredId) {
    setAnswered(answeredId);
    setWanted({ setId: answeredId, offerId: null });
  }
  const [seen, setSeen] = useState<OfferSetView | null>(null);
  const held = setToShow(view.offerSets, now, [wanted.setId, seen?.id ?? null]);
  if (held !== null && held !== seen) setSeen(held);

  const hasRunOut = held === null && seen !== null && seen.id !== releasedId && runsOutAt(seen) <= now;
  return {
    set: held,
    chosen: held?.offers.find(({ id }) => id === wanted.offerId) ?? held?.offers[0] ?? null,
    expired: hasRunOut ? seen : null,
    /** Shows the set of that offer, with it chosen. */
    choose(offerId: string) {
      const set = view.offerSets.find(({ offers }) => offers.some(({ id }) => id === offerId));
      setWanted({ setId: set?.id ?? null, offerId });
    },
  };
}

const nothing = { setId: null, offerId: null };
