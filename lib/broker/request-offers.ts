import { v7 as uuidv7 } from "uuid";
import { type ChosenOffer, chooseOffers } from "#lib/booking/offers.ts";
import { type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import { checkRequest, type ExecutionRequest, leastOf } from "#lib/booking/request.ts";
import { sessionName } from "#lib/booking/session-name.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { type WayForward, waysForward } from "#lib/booking/ways-forward.ts";
import { whyNot } from "#lib/booking/why-not.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { type Booker, holdOffers, type LedgerAnswer } from "#lib/db/ledger.ts";
import type { StoredPlatform } from "#lib/db/platforms.ts";
import { isAwaited } from "#lib/db/waitlist.ts";
import { rejectOffers } from "./reject-offers.ts";
import { isWorthALook, serveWaitlist } from "./serve-waitlist.ts";
import { waysElsewhere } from "./ways-elsewhere.ts";
import { refusalOf, whyNotInWords } from "./words.ts";

/** Why there are no offers, and what could be had instead. */
export interface NoOffers {
  readonly refusals: readonly Refusal[];
  readonly ways: readonly WayForward[];
}

/** How often a lost race for the capacity is run again before the answer is no. */
const TRIES = 4;

/**
 * Answers a request with up to the platform's `maxOffers` offers, each held for `offerSeconds` at the most; or with the
 * reasons and the ways forward, also on other platforms. Nothing is left behind by a no. Those who wait for the platform are
 * served first, so that nobody passes them.
 */
export async function requestOffers({
  request,
  platform,
  projectId,
  user,
  instead = [],
  directly = false,
  now,
}: {
  request: ExecutionRequest;
  platform: StoredPlatform;
  projectId: string;
  user: { readonly id: string; readonly name: string };
  /** Offer sets of theirs that these offers replace: released once the request is known to be possible. */
  instead?: readonly string[];
  /** One of them is accepted at once, so what they hold already is not in the way. */
  directly?: boolean;
  now: Millis;
}): Promise<Result<{ readonly offerSetId: string }, NoOffers>> {
  const impossible = checkRequest(request, platform, now);
  if (impossible.length > 0) return nothing(impossible);
  for (const offerSetId of instead) await rejectOffers({ offerSetId, user, now });

  const booker: Booker = { platformId: platform.id, projectId, userId: user.id };
  const look = () => readCapacity(booker, bookingWindow(platform, now), platform.slotMinutes);
  let [capacity, awaited] = await Promise.all([look(), isAwaited(platform.id)]);
  if (awaited && isWorthALook(platform.id, capacity.slots)) {
    if ((await serveWaitlist({ platformId: platform.id, now })) > 0) capacity = await look();
  }

  for (let attempt = 1; ; attempt++) {
    const chosen = chooseOffers(awaited ? modest(request) : request, platform, capacity, now);
    const ways = async () => [
      ...waysForward(request, platform, capacity, now),
      ...(await waysElsewhere(request, platform, user.id, now)),
    ];
    if (chosen.length === 0) {
      return nothing([whyNotInWords(whyNot(request, platform, capacity, now), request)], await ways());
    }
    const offerSetId = uuidv7();
    const set = { id: offerSetId, request, offers: chosen.map(named) };
    const answer = await holdOffers(booker, set, { who: user.name, now }, { directly });
    if (answer.ok) return yes({ offerSetId });
    // Somebody took the room between reading and holding: look again.
    if (!isLostRace(answer) || attempt >= TRIES) {
      return nothing([refusalOf(answer)], isLostRace(answer) ? await ways() : []);
    }
    capacity = await look();
  }
}

/** While others wait, a program gets what it needs and no more; people see what they take, and who waits is served before them. */
const modest = (request: ExecutionRequest): ExecutionRequest =>
  request.asked === undefined ? request : { ...request, resources: leastOf(request).resources };

const nothing = (refusals: readonly Refusal[], ways: readonly WayForward[] = []): { ok: false; error: NoOffers } => ({
  ok: false,
  error: { refusals, ways },
});

function named(offer: ChosenOffer) {
  const id = uuidv7();
  return { ...offer, id, name: sessionName(id) };
}

const isLostRace = (answer: LedgerAnswer): boolean =>
  !answer.ok && ["NO_CAPACITY", "QUOTA_REACHED", "BUDGET_REACHED", "AGAIN"].includes(answer.code);
