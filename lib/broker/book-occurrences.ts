import { startsTooSoon } from "#lib/booking/candidates.ts";
import { nextOccurrence } from "#lib/booking/occurrences.ts";
import { openPhases } from "#lib/booking/phase.ts";
import { bookingWindow, type Millis, slotLength } from "#lib/booking/slot.ts";
import { acceptedWith } from "#lib/db/ledger.ts";
import { offersOfSet } from "#lib/db/offer-sets.ts";
import { findPlatformById, type StoredPlatform } from "#lib/db/platforms.ts";
import { advanceSeries, joinSeries, type StoredSeries, seriesToBook } from "#lib/db/series.ts";
import { bookingCaps } from "#lib/db/users.ts";
import { acceptOffer } from "./accept-offer.ts";
import { whyNotCovered } from "./credential-cover.ts";
import { rejectOffers } from "./reject-offers.ts";
import { requestOffers } from "./request-offers.ts";

/** Further ahead than any window. */
const FAR_MS = 8 * 86_400_000;

/**
 * Books the times of every series that have come into the window, each a booking of its own. What finds no room is tried
 * again at every call until its start has passed; then the series goes on without it. Returns how many were booked. `platformId`:
 * only on that platform.
 */
export async function bookOccurrences({ now, platformId }: { now: Millis; platformId?: string }): Promise<number> {
  let booked = 0;
  for (const series of await seriesToBook(now + FAR_MS)) {
    if (platformId !== undefined && series.platformId !== platformId) continue;
    if (!series.isMember) {
      const trouble = "You are no longer in the project that it was booked for.";
      if (series.nextAt !== null) await advanceSeries(series.id, series.nextAt, { nextAt: null, trouble });
      continue;
    }
    try {
      const platform = await findPlatformById(series.platformId);
      if (platform) booked += await bookNext(series, platform, now);
    } catch (error) {
      // One series that cannot be booked keeps no other from it.
      console.error(`booking for series ${series.id}:`, error);
    }
  }
  return booked;
}

async function bookNext(series: StoredSeries, platform: StoredPlatform, now: Millis): Promise<number> {
  let booked = 0;
  let at = series.nextAt;
  let { trouble } = series;
  const end = bookingWindow(platform, now).end - series.durationSlots * slotLength(platform);
  while (at !== null && at <= end) {
    if (startsTooSoon(platform, at, now)) {
      trouble = `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC could not be booked: ${trouble ?? "Meridian was away."}`;
    } else {
      trouble = await bookOne(series, platform, at, now);
      if (trouble !== null) {
        if (trouble !== series.trouble) await advanceSeries(series.id, at, { nextAt: at, trouble });
        return booked;
      }
      booked++;
    }
    const next = nextOccurrence(series, at);
    const nextAt = series.until !== null && next > series.until ? null : next;
    if (!(await advanceSeries(series.id, at, { nextAt, trouble }))) return booked;
    at = nextAt;
  }
  return booked;
}

/** Books one time of a series; why not, or null. The key lets no second worker book the same time. */
async function bookOne(
  series: StoredSeries,
  platform: StoredPlatform,
  at: Millis,
  now: Millis,
): Promise<string | null> {
  const user = { id: series.userId, name: series.userName };
  const key = `${series.id} ${at}`;
  // It was booked already, by a worker that died before it could say so.
  const known = await acceptedWith(user.id, key);
  if (known !== null) {
    await joinSeries(known, series.id);
    return null;
  }
  const { bookings } = await bookingCaps(user.id, platform.id, openPhases, now);
  if (bookings.limit !== null && bookings.open >= bookings.limit)
    return "You have as many open bookings as you may have.";
  const until = at + series.durationSlots * slotLength(platform);
  const uncovered = await whyNotCovered({ platform, userId: user.id, until, now });
  if (uncovered) return uncovered.sentence;
  const { executable, resources, durationSlots, projectId } = series;
  const request = { executable, resources, durationSlots, start: { kind: "window", from: at, until: at } } as const;
  const asked = await requestOffers({
    request,
    platform: { ...platform, maxOffers: 1 },
    projectId,
    user,
    directly: true,
    now,
  });
  if (!asked.ok) return asked.error.refusals[0]?.sentence ?? "There is no room.";
  const { offerSetId } = asked.value;
  const [offerId] = (await offersOfSet(offerSetId, user.id)) ?? [];
  if (!offerId) return "Its offer was gone before it could be booked.";
  const accepted = await acceptOffer({ offerId, user, key, now });
  if (accepted.ok) {
    await joinSeries(offerId, series.id);
    return null;
  }
  await rejectOffers({ offerSetId, user, now });
  const { refusals, freshOfferSetId } = accepted.error;
  if (freshOfferSetId !== null) await rejectOffers({ offerSetId: freshOfferSetId, user, now });
  // Another worker was quicker: the next round finds what it booked.
  return refusals[0]?.sentence ?? "It could not be booked.";
}
