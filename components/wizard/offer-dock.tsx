"use client";

import { useZones } from "#components/ui/use-zones.ts";
import type { OfferView } from "#lib/api/view.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { holdLeft, timeLeft } from "#lib/client/time-left.ts";
import { zoneName } from "#lib/client/zoned-time.ts";
import { offerSpan } from "./offer-words.ts";
import type { Booking } from "./use-booking.ts";

/** On a phone: the chosen offer and its button, docked above the main links. */
export function OfferDock({ offer, now, booking }: { offer: OfferView; now: Millis; booking: Booking }) {
  const zones = useZones();
  return (
    <aside className="dock" aria-label="Chosen offer">
      <p>
        <b>
          {offerSpan(offer, zones)} {zoneName(zones.shown)}
        </b>
        <span className="tiny">{shapeInWords(offer.resources)}</span>
        <span className="hold tiny">held for {timeLeft(holdLeft(offer.expiresAt, now))}</span>
      </p>
      <button
        className="btn primary"
        type="button"
        aria-disabled={booking.isBooking}
        onClick={() => booking.accept(offer.id)}
      >
        {booking.isBooking ? "Booking…" : "Book"}
      </button>
    </aside>
  );
}
