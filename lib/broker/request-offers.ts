import { v7 as uuidv7 } from "uuid";
import { type ChosenOffer, chooseOffers } from "#lib/booking/offers.ts";
import { no, type Refusal, type Result, refusals, yes } from "#lib/booking/refusal.ts";
import { checkRequest, type ExecutionRequest, leastOf } from "#lib/booking/request.ts";
import { resourceInWords } from "#lib/booking/resources.ts";
import { sessionName } from "#lib/booking/session-name.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { type WayForward, waysForward } from "#lib/booking/ways-forward.ts";
import { type WhyNot, whyNot } from "#lib/booking/why-not.ts";
import { type Booker, holdOffers, type LedgerAnswer, readCapacity } from "#lib/db/ledger.ts";
import type { StoredPlatform } from "#lib/db/platforms.ts";
import { rejectOffers } from "./reject-offers.ts";
import { quotaInWords } from "./words.ts";

/** Why there are no offers, and what could be had instead. */
export interface NoOffers {
  readonly refusals: readonly Refusal[];
  readonly ways: readonly WayForward[];
}

/** How often a lost race for the capacity is run again before the answer is no. */
const TRIES = 4;

/**
 * Answers a request with up to the platform's `maxOffers` offers, each held for `offerSeconds` at the most; or with the
 * reasons and the ways forward. Nothing is left behind by a no.
 */
export async function requestOffers({
  request,
  platform,
  projectId,
  user,
  instead = [],
  now,
}: {
  request: ExecutionRequest;
  platform: StoredPlatform;
  projectId: string;
  user: { readonly id: string; readonly name: string };
  /** Offer sets of theirs that these offers replace: released once the request is known to be possible. */
  instead?: readonly string[];
  now: Millis;
}): Promise<Result<{ readonly offerSetId: string }, NoOffers>> {
  const impossible = checkRequest(request, platform, now);
  if (impossible.length > 0) return { ok: false, error: { refusals: impossible, ways: [] } };
  for (const offerSetId of instead) await rejectOffers({ offerSetId, user, now });

  const booker: Booker = { platformId: platform.id, projectId, userId: user.id };
  for (let attempt = 1; ; attempt++) {
    const capacity = await readCapacity(booker, bookingWindow(platform, now), platform.slotMinutes);
    const chosen = chooseOffers(request, platform, capacity, now);
    const ways = () => waysForward(request, platform, capacity, now);
    if (chosen.length === 0) {
      return {
        ok: false,
        error: { refusals: [explain(whyNot(request, platform, capacity, now), request)], ways: ways() },
      };
    }
    const offerSetId = uuidv7();
    const answer = await holdOffers(booker, { id: offerSetId, request, offers: chosen.map(named) }, user.name, now);
    if (answer.ok) return yes({ offerSetId });
    // Somebody took the room between reading and holding: look again.
    if (isLostRace(answer) && attempt < TRIES) continue;
    return {
      ok: false,
      error: { refusals: [refusalOf(answer)], ways: answer.code === "TOO_MANY_OFFERS" ? [] : ways() },
    };
  }
}

function named(offer: ChosenOffer) {
  const id = uuidv7();
  return { ...offer, id, name: sessionName(id) };
}

const isLostRace = (answer: LedgerAnswer): boolean =>
  !answer.ok && (answer.code === "NO_CAPACITY" || answer.code === "QUOTA_REACHED");

/** A refusal of the ledger as people read it. */
export function refusalOf(answer: Extract<LedgerAnswer, { ok: false }>): Refusal {
  const slot = answer.slot === undefined ? {} : { slot: Date.parse(answer.slot) };
  return no(answer.code, quotaInWords(answer) ?? refusals[answer.code], slot).error;
}

function explain(why: WhyNot | null, request: ExecutionRequest): Refusal {
  if (!why) {
    const sentence = "No slot that starts in that time leaves room for the whole duration before the window ends.";
    return no("OUTSIDE_WINDOW", sentence, { field: "start" }).error;
  }
  const atLeast = request.minResources === undefined ? "" : "at least ";
  if (why.budget) {
    const { account, resource, leftHours, askedHours } = why.budget;
    const unit = resource === "cores" ? "core-hours" : "GPU-hours";
    const sentence = `This takes ${atLeast}${hours(askedHours)} ${unit}; ${whose[account]} ${hours(leftHours)} left in this window.`;
    return no("BUDGET_REACHED", sentence).error;
  }
  const { slot, scarcity } = why;
  const at = { slot: slot.start };
  if (slot.closed !== null) return no("SLOT_CLOSED", `This slot is closed: ${slot.closed}.`, at).error;
  const asked = resourceInWords(scarcity.resource, leastOf(request).resources[scarcity.resource]);
  const left = resourceInWords(scarcity.resource, scarcity.left);
  const code = scarcity.account === "platform" ? "NO_CAPACITY" : "QUOTA_REACHED";
  return no(code, `You asked for ${atLeast}${asked}; then ${whose[scarcity.account]} ${left} left.`, at).error;
}

const whose = { platform: "the platform has", project: "your project has", user: "you have" } as const;

/** Hours as people read them, to a hundredth; never more than there are. */
const hours = (amount: number): string => String(Math.floor(amount * 100 + 1e-6) / 100);
