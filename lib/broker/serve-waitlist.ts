import { v7 as uuidv7 } from "uuid";
import { chooseOffers } from "#lib/booking/offers.ts";
import { sessionName } from "#lib/booking/session-name.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { waitlistOrder } from "#lib/booking/waitlist.ts";
import { holdOffers, readCapacity } from "#lib/db/ledger.ts";
import { findPlatformById } from "#lib/db/platforms.ts";
import { awaitedPlatforms, type StoredWait, settleWaits, waitingFor } from "#lib/db/waitlist.ts";

/** How many places of a list are looked at in one go. */
const MOST = 100;

/**
 * Offers what is free to those who wait for it, in the order of the fairness rule (`waitlistOrder`): the first who fits gets
 * one offer, held for them alone; then the next. Asked by the worker many times a second, and by everybody who asks for
 * offers before they look, so that nobody passes the list. Returns how many offers it made.
 */
export async function serveWaitlist({ platformId, now }: { platformId: string; now: Millis }): Promise<number> {
  const platform = await findPlatformById(platformId);
  if (!platform) return 0;
  await settleWaits(platformId, now);
  const waiting = waitlistOrder(await waitingFor(platformId, MOST, now), platform);
  const window = bookingWindow(platform, now);
  let offered = 0;
  for (const wait of waiting) {
    const capacity = await readCapacity(wait, window, platform.slotMinutes);
    const rule = { ...platform, maxOffers: 1, offerSeconds: platform.waitSeconds };
    const [offer] = chooseOffers(stillPossible(wait, now), rule, capacity, now);
    if (!offer) continue;
    const id = uuidv7();
    const set = { id: uuidv7(), request: wait.request, offers: [{ ...offer, id, name: sessionName(id) }] };
    // Refused: somebody was quicker, or the place is gone. The next look sees it.
    const answer = await holdOffers(wait, set, { who: "meridian", now }, wait.id);
    if (answer.ok) offered++;
  }
  return offered;
}

/** What is left of the asked start window; "now" stays any time from now on. */
const stillPossible = ({ request }: StoredWait, now: Millis): StoredWait["request"] =>
  request.start.kind === "now"
    ? request
    : { ...request, start: { ...request.start, from: Math.max(request.start.from, now) } };

/** Serves every list that somebody waits in. */
export async function serveWaitlists({ now }: { now: Millis }): Promise<void> {
  for (const platformId of await awaitedPlatforms()) await serveWaitlist({ platformId, now });
}
