import type { ConnectorStatus } from "#lib/booking/connector.ts";
import type { IdleRule } from "#lib/booking/idle.ts";
import type { Repetition } from "#lib/booking/occurrences.ts";
import { isPhase, type Phase } from "#lib/booking/phase.ts";
import type { Executable, ExecutionRequest } from "#lib/booking/request.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis, TimeSpan } from "#lib/booking/slot.ts";
import type { OfferStrategy } from "#lib/booking/strategies.ts";
import { database } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** A session as it is stored, with what every reader needs beside it. Times in milliseconds. */
export interface StoredSession {
  readonly id: string;
  readonly name: string;
  readonly offerSetId: string;
  readonly platform: { readonly id: string; readonly name: string; readonly title: string; readonly kind: string };
  readonly slotMinutes: number;
  readonly launchSeconds: number;
  readonly prepareSeconds: number;
  readonly user: { readonly id: string; readonly name: string };
  readonly projectId: string;
  /** The repetition it belongs to. */
  readonly series: { readonly id: string; readonly every: Repetition; readonly nextAt: Millis | null } | null;
  readonly strategy: OfferStrategy;
  readonly executable: Executable;
  readonly resources: Resources;
  readonly phase: Phase;
  readonly phaseSince: Millis;
  readonly reason: string | null;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly startsNow: boolean;
  /** The slots it stands in in the ledger, whole. */
  readonly span: TimeSpan;
  readonly expiresAt: Millis;
  readonly acceptedAt: Millis | null;
  readonly handle: Readonly<Record<string, string | number | boolean | null>> | null;
  readonly releasedAt: Millis | null;
  readonly lastLog: string | null;
  readonly connector: ConnectorStatus | null;
  /** When the link first answered. */
  readonly availableSince: Millis | null;
  /** Since when it has been unused, once its owner was told so. */
  readonly idleSince: Millis | null;
  /** When it was last seen in use; only where there is an {@link idleRule}. */
  readonly lastUsedAt: Millis | null;
  readonly idleRule: IdleRule | null;
  /** When the launch attempt that is under way began. */
  readonly launchingSince: Millis | null;
}

const include = {
  platform: true,
  user: true,
  connector: true,
  series: true,
  attempts: { orderBy: { number: "asc" }, select: { startedAt: true, finishedAt: true, outcome: true } },
} as const satisfies Prisma.SessionInclude;
type Row = Prisma.SessionGetPayload<{ include: typeof include }>;

function toSession(row: Row): StoredSession {
  if (!isPhase(row.phase)) throw new Error(`session ${row.id} is in the unknown phase ${row.phase}`);
  const { platform, user } = row;
  return {
    id: row.id,
    name: row.name,
    offerSetId: row.offerSetId,
    platform: { id: platform.id, name: platform.name, title: platform.title, kind: platform.kind },
    slotMinutes: platform.slotMinutes,
    launchSeconds: platform.launchSeconds,
    prepareSeconds: platform.prepareSeconds,
    user: { id: user.id, name: user.name },
    projectId: row.projectId,
    series: row.series && {
      id: row.series.id,
      every: row.series.every as Repetition,
      nextAt: row.series.nextAt?.getTime() ?? null,
    },
    strategy: row.strategy as OfferStrategy,
    executable: row.executable as unknown as Executable,
    resources: { cores: row.cores, memoryGiB: row.memoryGib, gpus: row.gpus },
    phase: row.phase,
    phaseSince: row.phaseSince.getTime(),
    reason: row.reason,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    startsNow: row.startsNow,
    span: { start: row.slotsFrom.getTime(), end: row.slotsUntil.getTime() },
    expiresAt: row.expiresAt.getTime(),
    acceptedAt: row.acceptedAt?.getTime() ?? null,
    handle: row.handle as StoredSession["handle"],
    releasedAt: row.releasedAt?.getTime() ?? null,
    lastLog: row.lastLog,
    connector: (row.connector?.status as ConnectorStatus | undefined) ?? null,
    availableSince: row.attempts.find(({ outcome }) => outcome === "AVAILABLE")?.finishedAt?.getTime() ?? null,
    idleSince: row.idleSince?.getTime() ?? null,
    lastUsedAt: row.lastUsedAt?.getTime() ?? null,
    idleRule:
      platform.idleMinutes === null
        ? null
        : { idleMinutes: platform.idleMinutes, graceMinutes: platform.idleGraceMinutes },
    launchingSince: row.attempts.find(({ outcome }) => outcome === null)?.startedAt.getTime() ?? null,
  };
}

export async function findSession(id: string): Promise<StoredSession | null> {
  const row = await database().prisma.session.findUnique({ where: { id }, include });
  return row && toSession(row);
}

/** A user's bookings (never mere offers), latest start first, at most `most`. */
export async function bookingsOf(
  userId: string,
  { most, endingAfter, platformId }: { most: number; endingAfter?: Millis; platformId?: string },
): Promise<StoredSession[]> {
  const rows = await database().prisma.session.findMany({
    where: {
      userId,
      acceptedAt: { not: null },
      ...(endingAfter === undefined ? {} : { endsAt: { gt: new Date(endingAfter) } }),
      ...(platformId === undefined ? {} : { platformId }),
    },
    orderBy: { startsAt: "desc" },
    take: most,
    include,
  });
  return rows.map(toSession);
}

/** An offer set with those of its offers that are still to be had. */
export interface StoredOfferSet {
  readonly id: string;
  readonly request: ExecutionRequest;
  readonly offers: readonly StoredSession[];
}

/** A user's live offer sets on a platform, newest first. */
export async function liveOfferSetsOf(userId: string, platformId: string, now: Millis): Promise<StoredOfferSet[]> {
  const sets = await database().prisma.offerSet.findMany({
    where: { userId, platformId, closedAt: null, expiresAt: { gt: new Date(now) } },
    orderBy: { createdAt: "desc" },
    include: {
      sessions: {
        where: { phase: "OFFERED", expiresAt: { gt: new Date(now) } },
        orderBy: { position: "asc" },
        include,
      },
    },
  });
  return sets.map((set) => ({
    id: set.id,
    request: set.request as unknown as ExecutionRequest,
    offers: set.sessions.map(toSession),
  }));
}

/** Any offer set: what was asked, for which project, and whether one of its offers was booked. */
export async function findOfferSet(
  id: string,
): Promise<{ id: string; request: ExecutionRequest; projectId: string; isBooked: boolean } | null> {
  const set = await database().prisma.offerSet.findUnique({
    where: { id },
    include: { sessions: { where: { acceptedAt: { not: null } }, select: { id: true }, take: 1 } },
  });
  if (!set) return null;
  const { projectId, request, sessions } = set;
  return { id, projectId, request: request as unknown as ExecutionRequest, isBooked: sessions.length > 0 };
}

/** The offers of a set that can still be accepted. */
export async function liveOffersOf(offerSetId: string, now: Millis): Promise<string[]> {
  const rows = await database().prisma.session.findMany({
    where: { offerSetId, phase: "OFFERED", expiresAt: { gt: new Date(now) } },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** The offers of a user's set that are still OFFERED; null when there is no such set of theirs. */
export async function offersOfSet(offerSetId: string, userId: string): Promise<string[] | null> {
  const set = await database().prisma.offerSet.findFirst({
    where: { id: offerSetId, userId },
    include: { sessions: { where: { phase: "OFFERED" }, select: { id: true } } },
  });
  return set?.sessions.map((session) => session.id) ?? null;
}

/** Offers whose time is over and which still hold capacity. */
export async function overdueOffers(now: Millis): Promise<string[]> {
  const rows = await database().prisma.session.findMany({
    where: { acceptedAt: null, releasedAt: null, expiresAt: { lte: new Date(now) } },
    orderBy: { expiresAt: "asc" },
    take: 1000,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/**
 * Every booking that is not over or not released, and starts before `startingBefore` where that is given: later ones need
 * nothing yet.
 */
export async function unfinishedSessions(startingBefore?: Millis): Promise<StoredSession[]> {
  const rows = await database().prisma.session.findMany({
    where: {
      acceptedAt: { not: null },
      releasedAt: null,
      ...(startingBefore === undefined ? {} : { startsAt: { lte: new Date(startingBefore) } }),
    },
    orderBy: { startsAt: "asc" },
    include,
  });
  return rows.map(toSession);
}

/** For how long a session that ended keeps others waiting until it is really gone. */
const RELEASE_MS = 60_000;

/** How many sessions of a platform ended within the last minute and may still run there. */
export async function countUnreleased(platformId: string, now: Millis): Promise<number> {
  const lately = new Date(now - RELEASE_MS);
  return database().prisma.session.count({
    where: {
      platformId,
      acceptedAt: { not: null },
      releasedAt: null,
      connector: { isNot: null },
      OR: [
        { endsAt: { lte: new Date(now), gt: lately } },
        { phase: { in: ["CANCELLED", "FAILED", "RELEASING"] }, phaseSince: { gt: lately } },
      ],
    },
  });
}
