import { v7 as uuidv7 } from "uuid";
import type { SlotCapacity } from "#lib/booking/capacity.ts";
import { couldFit, type FreeBySlot, freeBySlot, hasMoreThan, leastBySlot, platformAlone } from "#lib/booking/freed.ts";
import { chooseOffers } from "#lib/booking/offers.ts";
import { sessionName } from "#lib/booking/session-name.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { waitlistOrder } from "#lib/booking/waitlist.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { holdOffers } from "#lib/db/ledger.ts";
import { findPlatformById } from "#lib/db/platforms.ts";
import { awaitedPlatforms, type StoredWait, settleWaits, waitingFor } from "#lib/db/waitlist.ts";

/** How many places of a list are looked at in one go. */
const MOST = 1000;

/**
 * What each platform had left when its list was last looked through and had room for nobody. Not kept where somebody was
 * stopped by a limit or budget: those are given back unseen here, as more of the platform may have been taken since.
 */
const lookedThrough = new Map<string, FreeBySlot>();

/** Whether the list of a platform has to be looked through: it may have room for somebody since it had for nobody. */
export const isWorthALook = (platformId: string, slots: readonly SlotCapacity[]): boolean => {
  const before = lookedThrough.get(platformId);
  return before === undefined || hasMoreThan(slots, before);
};

/**
 * Offers what is free to those who wait for it, in the order of the fairness rule (`waitlistOrder`): the first who fits gets
 * one offer, held for them alone; then the next. Asked by the worker at each tick, and, unless the platform has had room for
 * nobody since the last look, by everybody who asks for offers, before they look: so nobody passes the list. Returns how many
 * offers it made.
 */
export async function serveWaitlist({ platformId, now }: { platformId: string; now: Millis }): Promise<number> {
  const platform = await findPlatformById(platformId);
  if (!platform) return 0;
  await settleWaits(platformId, now);
  const waiting = waitlistOrder(await waitingFor(platformId, MOST, now), platform);
  if (waiting.length === 0) return 0;
  const look = (wait: StoredWait) => readCapacity(wait, bookingWindow(platform, now), platform.slotMinutes);
  const rule = { ...platform, maxOffers: 1, offerSeconds: platform.waitSeconds };
  let least: FreeBySlot | null = null;
  let slots: readonly SlotCapacity[] | null = null;
  let hasRoom = waiting.length === MOST;
  let offered = 0;
  const serve = async (wait: (typeof waiting)[number]): Promise<boolean> => {
    const request = stillPossible(wait, now);
    if (slots !== null && !couldFit(request, platform, slots, now)) return false;
    const capacity = await look(wait);
    slots = capacity.slots;
    const free = freeBySlot(slots);
    least = least === null ? free : leastBySlot(least, free);
    hasRoom ||= chooseOffers(request, rule, platformAlone(capacity), now).length > 0;
    const [offer] = chooseOffers(request, rule, capacity, now);
    if (!offer) return false;
    const id = uuidv7();
    const set = { id: uuidv7(), request: wait.request, offers: [{ ...offer, id, name: sessionName(id) }] };
    // Refused: somebody was quicker, or the place is gone. The next look sees it.
    return (await holdOffers(wait, set, { who: "meridian", now }, { waiting: wait.id })).ok;
  };
  for (const wait of waiting) {
    try {
      if (await serve(wait)) offered++;
    } catch (error) {
      // One place that cannot be served keeps nobody else waiting.
      hasRoom = true;
      console.error(`serving ${wait.id} of the waiting list:`, error);
    }
  }
  if (hasRoom || least === null) lookedThrough.delete(platformId);
  else lookedThrough.set(platformId, least);
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
