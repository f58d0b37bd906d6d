import { v7 as uuidv7 } from "uuid";
import { chooseOffers } from "#lib/booking/offers.ts";
import type { Result } from "#lib/booking/refusal.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { addRefusedRequest } from "#lib/db/answers.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import type { BookingPlace } from "./read-calendar.ts";
import { type NoOffers, requestOffers } from "./request-offers.ts";

/** What to ask for in one place: the first of the requests that gets offers. */
export interface Try {
  readonly place: BookingPlace;
  readonly requests: readonly ExecutionRequest[];
}

/** Why one place said no, and what could be had instead. */
export interface NoFrom extends NoOffers {
  readonly place: BookingPlace;
}

/**
 * Asks one place after the other, the one that can start soonest first, and in each one request after the other, until there are
 * offers; at most `mostOffers` of them. A no has the last refusals of each place, and leaves nothing behind.
 */
export async function requestAnywhere({
  tries,
  user,
  mostOffers = Number.POSITIVE_INFINITY,
  directly = false,
  now,
}: {
  tries: readonly Try[];
  user: { readonly id: string; readonly name: string };
  mostOffers?: number;
  /** One of them is accepted at once. */
  directly?: boolean;
  now: Millis;
}): Promise<Result<{ readonly offerSetId: string }, NoFrom[]>> {
  const noes: NoFrom[] = [];
  for (const { place, requests } of await soonestFirst(tries, user.id, now)) {
    const platform = { ...place.platform, maxOffers: Math.min(place.platform.maxOffers, mostOffers) };
    let no: NoOffers = { refusals: [], ways: [] };
    for (const request of requests) {
      const answer = await requestOffers({ request, platform, projectId: place.project.id, user, directly, now });
      if (answer.ok) return answer;
      no = answer.error;
    }
    noes.push({ place, ...no });
  }
  return { ok: false, error: noes };
}

/** The places by when they could start it, as things are; of equals in the order they came, and those that could not at all last. */
async function soonestFirst(tries: readonly Try[], userId: string, now: Millis): Promise<readonly Try[]> {
  if (tries.length < 2) return tries;
  const known = await Promise.all(
    tries.map(async (one) => {
      const { platform, project } = one.place;
      const booker = { platformId: platform.id, projectId: project.id, userId };
      const capacity = await readCapacity(booker, bookingWindow(platform, now), platform.slotMinutes);
      const starts = one.requests.flatMap((request) => chooseOffers(request, platform, capacity, now));
      return { one, start: Math.min(...starts.map(({ startsAt }) => startsAt)) };
    }),
  );
  return known.sort((a, b) => (a.start === b.start ? 0 : a.start - b.start)).map(({ one }) => one);
}

/** Keeps a NO with what was asked and why, so that it can be read again; returns its id. */
export async function keepNo({
  user,
  asked,
  now,
}: {
  user: { readonly id: string };
  asked: object;
  now: Millis;
}): Promise<string> {
  const id = uuidv7();
  await addRefusedRequest(id, user.id, asked, now);
  return id;
}
