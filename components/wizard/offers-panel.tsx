"use client";

import { useZones } from "#components/ui/use-zones.ts";
import type { OfferSetView, OfferView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { HoldTimer } from "./hold-timer.tsx";
import { OfferCard } from "./offer-card.tsx";
import { bookWords, notWhenAsked, offerTruth } from "./offer-words.ts";
import type { Booking } from "./use-booking.ts";

interface OffersPanelProps {
  readonly set: OfferSetView;
  readonly chosen: OfferView;
  readonly now: Millis;
  readonly booking: Booking;
  /** Whether the waiting list made it: then a new question leaves it alone. */
  readonly isOfList: boolean;
  readonly onChoose: (offerId: string) => void;
  readonly onAskAgain: () => void;
}

/** The offers: radio cards, the sentence of truth, and one button that names the hour. */
export function OffersPanel({ set, chosen, now, booking, isOfList, onChoose, onAskAgain }: OffersPanelProps) {
  const zones = useZones();
  const truth = offerTruth(chosen, zones);
  const count = set.offers.length;
  const notNow = notWhenAsked(set, now, zones);
  return (
    <section className="panel offers" aria-labelledby="offers-h">
      <header className="spread">
        <h2 id="offers-h" tabIndex={-1}>
          {count === 1 ? "1 offer" : `${count} offers`}
        </h2>
        <HoldTimer expiresAt={chosen.expiresAt} now={now} />
      </header>
      {notNow && <p className="small not-now">{notNow}</p>}
      <fieldset>
        <legend className="unseen">Choose an offer</legend>
        {set.offers.map((offer) => (
          <OfferCard
            key={offer.id}
            offer={offer}
            now={now}
            isChosen={offer.id === chosen.id}
            onChoose={() => onChoose(offer.id)}
          />
        ))}
      </fieldset>
      <hr className="rule" />
      <p className="truth" aria-live="polite">
        <b>{truth.when}</b>
        {truth.rest}
      </p>
      <div className="act">
        <button
          className="btn primary big wide"
          type="button"
          aria-disabled={booking.isBooking}
          onClick={() => booking.accept(chosen.id)}
        >
          {booking.isBooking ? "Booking…" : bookWords(chosen, zones)}
        </button>
        <div className="row">
          {!isOfList && (
            <button className="btn" type="button" aria-disabled={booking.isAsking} onClick={onAskAgain}>
              {booking.isAsking ? "Asking…" : "Ask again"}
            </button>
          )}
          <button
            className="btn"
            type="button"
            aria-disabled={booking.isReleasing}
            onClick={() => booking.release(set.id)}
          >
            {count === 1 ? "Release it" : `Release all ${count}`}
          </button>
        </div>
      </div>
      <p className="small quiet last">
        {isOfList
          ? "You waited for this. Release it if you need it no more: the next who waits is offered it."
          : "None of these? Choose any slot that fits; what is held is released then."}
      </p>
    </section>
  );
}
