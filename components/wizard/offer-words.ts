import { typeWords } from "#components/ui/type-words.ts";
import type { OfferSetView, OfferStrategy, OfferView } from "#lib/api/view.ts";
import type { Executable } from "#lib/booking/request.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import {
  clock,
  clockBeside,
  clockFrom,
  clockSpan,
  day,
  daySpan,
  spanBeside,
  type Zones,
  zoneName,
} from "#lib/client/zoned-time.ts";

/** Why an offer is in the set, as its card says it. */
export const strategyWords: Record<OfferStrategy, string> = {
  soonest: "soonest",
  largest: "largest",
  longest: "longest",
  later: "later",
  roomiest: "roomiest",
};

/** "notebook on this machine", "notebook astroml:latest" */
export const executableInWords = ({ type, image }: Executable): string =>
  image === null ? `${typeWords[type].word} on this machine` : `${typeWords[type].word} ${image.split("/").at(-1)}`;

/** "15:00", "15:00 Wed" */
const endOf = (offer: OfferView, zone: string): string => clockFrom(offer.startsAt, offer.endsAt, zone);

/** "14:00–15:00", or "now–15:00" for an offer that starts once it is accepted; "19:00–15:00 Wed" over midnight. */
export const offerSpan = (offer: OfferView, { shown }: Zones): string =>
  offer.startsNow ? `now–${endOf(offer, shown)}` : clockSpan(offer.startsAt, offer.endsAt, shown);

/** What the one button says: it names the hour. */
export const bookWords = (offer: OfferView, { shown }: Zones): string =>
  offer.startsNow ? `Book now, until ${endOf(offer, shown)}` : `Book ${clockSpan(offer.startsAt, offer.endsAt, shown)}`;

/** The sentence of truth: `when` is its first, strong half. */
export function offerTruth(offer: OfferView, zones: Zones): { when: string; rest: string } {
  const { shown } = zones;
  const end = endOf(offer, shown);
  const what = `${shapeInWords(offer.resources)}, ${executableInWords(offer.executable)}, ends ${end} sharp, saved files stay.`;
  const other = offer.startsNow ? untilBeside(offer, zones) : spanBeside(offer.startsAt, offer.endsAt, zones);
  const when = offer.startsNow
    ? `Now, until ${day(offer.endsAt, shown)} ${clock(offer.endsAt, shown)} ${zoneName(shown)}`
    : daySpan(offer.startsAt, offer.endsAt, zones);
  return { when, rest: other === null ? `, ${what}` : ` (${other}), ${what}` };
}

/** "until 20:00 UTC", "until 00:00 UTC Wed"; null when nothing stands beside. */
function untilBeside(offer: OfferView, zones: Zones): string | null {
  const there = clockBeside(offer.endsAt, zones);
  return there === null ? null : `until ${there}`;
}

/** An offer's time in the zone beside, as its card says it; "UTC" when that is the zone shown. */
export const offerBeside = (offer: OfferView, zones: Zones): string =>
  (offer.startsNow ? untilBeside(offer, zones) : spanBeside(offer.startsAt, offer.endsAt, zones)) ?? "UTC";

/** Not to be had when it was asked for, at once or from a slot on: says so; null otherwise. The first offer is the soonest. */
export function notWhenAsked({ request, offers }: OfferSetView, now: Millis, { shown }: Zones): string | null {
  const [first] = offers;
  const { start } = request;
  if (!first || first.startsNow) return null;
  const soonest = `the soonest is ${clockFrom(now, first.startsAt, shown)} ${zoneName(shown)}.`;
  if (start.kind === "now") return `Nothing can start at once; ${soonest}`;
  return first.startsAt > start.from ? `${clock(start.from, shown)} has no room for this; ${soonest}` : null;
}
