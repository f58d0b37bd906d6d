import type { OfferStrategy, OfferView } from "#lib/api/view.ts";
import type { Executable } from "#lib/booking/request.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { clock, clockSpan, day, daySpan, spanBeside, type Zones, zoneName } from "#lib/client/zoned-time.ts";

/** Why an offer is in the set, as its card says it. */
export const strategyWords: Record<OfferStrategy, string> = {
  soonest: "soonest",
  later: "same shape, later",
  roomiest: "roomiest",
};

/** "notebook on this machine", "notebook astroml:latest" */
export const executableInWords = ({ type, image }: Executable): string =>
  image === null ? `${type} on this machine` : `${type} ${image.split("/").at(-1)}`;

/** "14:00–15:00", or "now–15:00" for an offer that starts once it is accepted. */
export const offerSpan = (offer: OfferView, { shown }: Zones): string =>
  offer.startsNow ? `now–${clock(offer.endsAt, shown)}` : clockSpan(offer.startsAt, offer.endsAt, shown);

/** What the one button says: it names the hour. */
export const bookWords = (offer: OfferView, { shown }: Zones): string =>
  offer.startsNow
    ? `Book now, until ${clock(offer.endsAt, shown)}`
    : `Book ${clockSpan(offer.startsAt, offer.endsAt, shown)}`;

/** The sentence of truth: `when` is its first, strong half. */
export function offerTruth(offer: OfferView, zones: Zones): { when: string; rest: string } {
  const { shown, beside } = zones;
  const end = clock(offer.endsAt, shown);
  const what = `${shapeInWords(offer.resources)}, ${executableInWords(offer.executable)}, ends ${end} sharp, saved files stay.`;
  if (offer.startsNow) {
    const other = beside === null ? "" : ` (until ${clock(offer.endsAt, beside)} ${zoneName(beside)})`;
    return { when: `Now, until ${day(offer.endsAt, shown)} ${end} ${zoneName(shown)}`, rest: `${other}, ${what}` };
  }
  const other = spanBeside(offer.startsAt, offer.endsAt, zones);
  return {
    when: daySpan(offer.startsAt, offer.endsAt, zones),
    rest: other === null ? `, ${what}` : ` (${other}), ${what}`,
  };
}
