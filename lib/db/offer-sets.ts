import type { ExecutionRequest } from "#lib/booking/request.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";
import { type StoredSession, sessionsWhere } from "./stored-session.ts";

/** An offer set with those of its offers that are still to be had. */
export interface StoredOfferSet {
  readonly id: string;
  readonly request: ExecutionRequest;
  readonly offers: readonly StoredSession[];
}

/** A user's live offer sets on a platform, newest first. */
export async function liveOfferSetsOf(userId: string, platformId: string, now: Millis): Promise<StoredOfferSet[]> {
  const { rows: sets } = await database().pool.query<{ id: string; request: ExecutionRequest }>({
    name: "live offer sets",
    text: `SELECT id, request FROM offer_sets WHERE user_id = $1 AND platform_id = $2 AND expires_at > $3 AND closed_at IS NULL
      ORDER BY created_at DESC`,
    values: [userId, platformId, new Date(now)],
  });
  if (sets.length === 0) return [];
  const offers = await sessionsWhere(
    "of live sets",
    "WHERE s.offer_set_id = ANY ($1) AND s.phase = 'OFFERED' AND s.expires_at > $2 ORDER BY s.position",
    [sets.map(({ id }) => id), new Date(now)],
  );
  return sets.map((set) => ({ ...set, offers: offers.filter(({ offerSetId }) => offerSetId === set.id) }));
}

/** Any offer set: what was asked, for which project, and whether one of its offers was booked. */
export async function findOfferSet(
  id: string,
): Promise<{ id: string; request: ExecutionRequest; platformId: string; projectId: string; isBooked: boolean } | null> {
  const set = await database().prisma.offerSet.findUnique({
    where: { id },
    include: { sessions: { where: { acceptedAt: { not: null } }, select: { id: true }, take: 1 } },
  });
  if (!set) return null;
  const { platformId, projectId, request, sessions } = set;
  return { id, platformId, projectId, request: request as unknown as ExecutionRequest, isBooked: sessions.length > 0 };
}

/** Whose sign-in somebody's offer needs; null when it needs none, or is not theirs. One quick look, as most need none. */
export async function providerOfOffer(offerId: string, userId: string): Promise<string | null> {
  const { rows } = await database().pool.query<{ provider: string | null }>({
    name: "provider of an offer",
    text: "SELECT p.provider FROM sessions s JOIN platforms p ON p.id = s.platform_id WHERE s.id = $1 AND s.user_id = $2",
    values: [offerId, userId],
  });
  return rows[0]?.provider ?? null;
}

/** The offers of a set that can still be accepted. */
export async function liveOffersOf(offerSetId: string, now: Millis): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>({
    name: "live offers",
    text: "SELECT id FROM sessions WHERE offer_set_id = $1 AND phase = 'OFFERED' AND expires_at > $2",
    values: [offerSetId, new Date(now)],
  });
  return rows.map((row) => row.id);
}

/** The offers of a user's set that are still OFFERED; null when there is no such set of theirs. */
export async function offersOfSet(offerSetId: string, userId: string): Promise<string[] | null> {
  const { rows } = await database().pool.query<{ offers: string[] }>({
    name: "offers of a set",
    text: `SELECT array(SELECT s.id FROM sessions s WHERE s.offer_set_id = o.id AND s.phase = 'OFFERED')::text[] AS offers
      FROM offer_sets o WHERE o.id = $1 AND o.user_id = $2`,
    values: [offerSetId, userId],
  });
  return rows[0]?.offers ?? null;
}

/** Offers whose time is over and which still hold capacity. */
export async function overdueOffers(now: Millis): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>({
    name: "overdue offers",
    text: `SELECT id FROM sessions WHERE accepted_at IS NULL AND released_at IS NULL AND expires_at <= $1
      ORDER BY expires_at LIMIT 1000`,
    values: [new Date(now)],
  });
  return rows.map((row) => row.id);
}
