import type { CalendarView, OfferSetView, OfferView, WaitView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";

/** When the last offer of a set runs out. */
export const runsOutAt = (set: OfferSetView): Millis => Math.max(...set.offers.map(({ expiresAt }) => expiresAt));

/** The sets that a new question takes the place of: all but those the waiting list holds. */
export const setsToReplace = ({ offerSets, waits }: Pick<CalendarView, "offerSets" | "waits">): string[] =>
  offerSets.map(({ id }) => id).filter((id) => !waits.some(({ offerSetId }) => offerSetId === id));

/**
 * The set that is shown of several: the one that was asked for last or chosen, then the one that was shown before (nothing
 * changes under somebody's hand), then the newest. Null when none is live.
 */
export function setToShow(
  sets: readonly OfferSetView[],
  now: Millis,
  ids: readonly (string | null)[],
): OfferSetView | null {
  const live = sets.filter((set) => set.offers.length > 0 && runsOutAt(set) > now);
  for (const wanted of ids) {
    const found = live.find(({ id }) => id === wanted);
    if (found) return found;
  }
  return live[0] ?? null;
}

/** Every offer that is held now, with its number in its set. */
export const heldOffers = (sets: readonly OfferSetView[], now: Millis): { offer: OfferView; number: number }[] =>
  sets.flatMap(({ offers }) =>
    offers.map((offer, index) => ({ offer, number: index + 1 })).filter(({ offer }) => offer.expiresAt > now),
  );

/** The set that was made for a place in the waiting list, while it is live. */
export function setOfWait(wait: WaitView, sets: readonly OfferSetView[], now: Millis): OfferSetView | null {
  const set = sets.find(({ id }) => id === wait.offerSetId);
  return set && set.offers.length > 0 && runsOutAt(set) > now ? set : null;
}
