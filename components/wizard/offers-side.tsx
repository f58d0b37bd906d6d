"use client";

import { useEffect } from "react";
import { toRequestForm } from "#lib/api/execution-request.ts";
import type { CalendarView, OfferSetView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { ExpiredPanel } from "./expired-panel.tsx";
import { focusOffers, isNowhere } from "./focus-offers.ts";
import { NoOffersPanel } from "./no-offers-panel.tsx";
import { OffersPanel } from "./offers-panel.tsx";
import type { Booking } from "./use-booking.ts";
import type { useOffers } from "./use-offers.ts";

interface OffersSideProps {
  readonly view: CalendarView;
  readonly offers: ReturnType<typeof useOffers>;
  readonly now: Millis;
  readonly booking: Booking;
}

/** The offers that are held, those that have run out, or how to get some. */
export function OffersSide({ view, offers, now, booking }: OffersSideProps) {
  const { set, chosen, expired, choose } = offers;
  const askAgain = ({ request }: OfferSetView) => booking.ask(toRequestForm(request));
  // The way that was chosen is gone with its panel; whoever pressed it goes on at what it brought.
  const answer = set !== null && set.id === booking.answeredId ? set.id : null;
  useEffect(() => {
    if (answer !== null && isNowhere()) focusOffers();
  }, [answer]);
  if (set && chosen) {
    return (
      <OffersPanel
        set={set}
        chosen={chosen}
        now={now}
        booking={booking}
        isOfList={view.waits.some(({ offerSetId }) => offerSetId === set.id)}
        onChoose={choose}
        onAskAgain={() => askAgain(set)}
      />
    );
  }
  if (expired) return <ExpiredPanel isAsking={booking.isAsking} onAskAgain={() => askAgain(expired)} />;
  return <NoOffersPanel view={view} isReleased={booking.isReleased} />;
}
