"use client";

import { useZones } from "#components/ui/use-zones.ts";
import type { OfferView } from "#lib/api/view.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { day, sameDay } from "#lib/client/zoned-time.ts";
import { offerBeside, offerSpan, strategyWords } from "./offer-words.ts";

interface OfferCardProps {
  readonly offer: OfferView;
  readonly now: Millis;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** One offer as a radio card. */
export function OfferCard({ offer, now, isChosen, onChoose }: OfferCardProps) {
  const zones = useZones();
  const { shown } = zones;
  const ofDay = sameDay(offer.startsAt, now, shown) ? "" : `${day(offer.startsAt, shown).slice(0, 3)} · `;
  const other = offerBeside(offer, zones);
  return (
    <label className="offer">
      <input type="radio" name="offer" value={offer.id} checked={isChosen} onChange={onChoose} />
      <span className="card">
        <span className="dot" />
        <span className="t">{offerSpan(offer, zones)}</span>
        <span className="r">{shapeInWords(offer.resources)}</span>
        <span className="u">
          {ofDay}
          {other}
        </span>
        <span className="w">{strategyWords[offer.strategy]}</span>
      </span>
    </label>
  );
}
