"use client";

import { useState } from "react";
import type { CalendarView, OfferSetView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";

const runsOutAt = (set: OfferSetView) => Math.max(...set.offers.map(({ expiresAt }) => expiresAt));

/**
 * The offers that are held now, which one is chosen, and the set that has run out: it is gone from the calendar by
 * then, so the last one seen is kept here. A set that was given back on purpose did not run out.
 */
export function useOffers(view: CalendarView, releasedId: string | null, now: Millis) {
  const held = view.offerSets.find((set) => set.offers.length > 0 && runsOutAt(set) > now) ?? null;
  const [seen, setSeen] = useState<OfferSetView | null>(held);
  const [chosenId, setChosenId] = useState<string | null>(null);
  if (held !== null && held !== seen) setSeen(held);

  const hasRunOut = held === null && seen !== null && seen.id !== releasedId && runsOutAt(seen) <= now;
  return {
    set: held,
    chosen: held?.offers.find(({ id }) => id === chosenId) ?? held?.offers[0] ?? null,
    expired: hasRunOut ? seen : null,
    choose: setChosenId,
  };
}
