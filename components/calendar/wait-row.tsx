"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import { focusOffers } from "#components/wizard/focus-offers.ts";
import { runsOutAt } from "#components/wizard/offer-sets.ts";
import type { Waiting } from "#components/wizard/use-waiting.ts";
import type { OfferSetView, WaitView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clockFrom, zoneName } from "#lib/client/zoned-time.ts";
import { waitShape, waitStart } from "./wait-words.ts";

interface WaitRowProps {
  readonly wait: WaitView;
  readonly slotMinutes: number;
  /** The offer that was made for it. */
  readonly set: OfferSetView | null;
  readonly now: Millis;
  readonly waiting: Waiting;
  readonly onOffer: (offerId: string) => void;
}

/** One place in the waiting list: what, since when, until when, and the way out; or the way to what it has brought. */
export function WaitRow({ wait, slotMinutes, set, now, waiting, onOffer }: WaitRowProps) {
  const zones = useZones();
  const { shown } = zones;
  const at = (time: Millis) => `${clockFrom(now, time, shown)} ${zoneName(shown)}`;
  const offer = set?.offers[0];
  const isLeaving = waiting.leavingId === wait.id;
  return (
    <li className={offer ? "t-mine is-yours" : "t-held"}>
      <Icon name={offer ? "bell" : "held"} />
      <div>
        <p>
          <b>{waitStart(wait, zones)}</b>
          <span className="small">, {waitShape(wait, slotMinutes)}</span>
        </p>
        <p className="small quiet">
          {set && offer
            ? `It is yours until ${at(runsOutAt(set))}: book it.`
            : `Since ${at(wait.joinedAt)}, until ${at(wait.until)}.`}
        </p>
      </div>
      {offer ? (
        <button
          type="button"
          className="btn primary"
          onClick={() => {
            onOffer(offer.id);
            focusOffers();
          }}
        >
          To the offer
        </button>
      ) : wait.offerSetId === null ? (
        <button type="button" className="btn" aria-disabled={isLeaving} onClick={() => waiting.leave(wait.id)}>
          {isLeaving ? "Leaving…" : "Leave"}
        </button>
      ) : null}
    </li>
  );
}
