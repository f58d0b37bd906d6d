import { z } from "zod";
import { chosenPlatform } from "#app/chosen-platform.ts";
import type { ProfileView } from "#lib/api/profile-view.ts";
import type {
  AdminView,
  CalendarView,
  CredentialsView,
  OfferSetView,
  OfferView,
  PlatformView,
  SessionDetailView,
  SessionsView,
  SessionView,
} from "#lib/api/view.ts";
import type { Caller } from "#lib/auth/session.ts";
import { isOver, isPhase } from "#lib/booking/phase.ts";
import { readAccounts } from "#lib/broker/read-accounts.ts";
import { bookingPlace, readCalendar as calendarOf } from "#lib/broker/read-calendar.ts";
import { readCredentials as credentialsOf } from "#lib/broker/read-credentials.ts";
import { readLeftOvers } from "#lib/broker/read-left-overs.ts";
import { readProfile as profileOf } from "#lib/broker/read-profile.ts";
import { readSession as sessionOf, readSessions as sessionsOf } from "#lib/broker/read-sessions.ts";

type Session = Awaited<ReturnType<typeof sessionsOf>>[number];
type Calendar = Awaited<ReturnType<typeof calendarOf>>;
type OfferSet = Calendar["offerSets"][number];

function toSessionView(session: Session): SessionView {
  const { id, name, phase, platform, executable, resources, startsAt, endsAt } = session;
  const { acceptedAt, phaseSince, reason, connector, note, series, idleSince, idleRule } = session;
  const { isCovered, releaseTrouble, releasedAt } = session;
  const where = { name: platform.name, title: platform.title };
  return {
    id,
    name,
    phase,
    platform: where,
    executable,
    resources,
    startsAt,
    endsAt,
    acceptedAt,
    phaseSince,
    reason,
    connector,
    note: isOver(phase) || phase === "RELEASING" ? null : note,
    series,
    needsSignIn: !isCovered && !isOver(phase),
    releaseTrouble: releasedAt === null ? releaseTrouble : null,
    idleEndsAt: idleSince === null || idleRule === null ? null : idleSince + idleRule.graceMinutes * 60_000,
  };
}

const toOfferView = (offer: OfferSet["offers"][number]): OfferView => {
  const { id, startsAt, endsAt, startsNow, resources, executable, strategy, expiresAt } = offer;
  return { id, startsAt, endsAt, startsNow, resources, executable, strategy, expiresAt };
};

export const toOfferSetView = (set: OfferSet): OfferSetView => ({
  id: set.id,
  request: set.request,
  offers: set.offers.map(toOfferView),
});

function toPlatformView(platform: Calendar["platform"], readiness: Calendar["readiness"]): PlatformView {
  const { name, title, limit, slotMinutes, windowHours, onlyNotebooks, needsImage, choices, choicesAt } = platform;
  const areChoicesStale = choices !== null && platform.choicesTrouble !== null;
  const rule = { slotMinutes, windowHours, limit };
  return { name, title, ...rule, onlyNotebooks, needsImage, choices, choicesAt, areChoicesStale, readiness };
}

/** The calendar of the person who asks; null when they have no project on any platform. */
export async function readCalendar(person: Caller): Promise<CalendarView | null> {
  const now = Date.now();
  const place = await bookingPlace(person.id, await chosenPlatform());
  if (!place) return null;
  const calendar = await calendarOf({ place, userId: person.id, now });
  const { platform, others, project, slots, budgets, sessions, offerSets, waits, bookings, heldSets, readiness } =
    calendar;
  return {
    now,
    person: { name: person.name, displayName: person.displayName, role: person.role },
    project: { name: project.name, title: project.title },
    platform: toPlatformView(platform, readiness),
    slots,
    budgets,
    sessions: sessions.map(toSessionView),
    offerSets: offerSets.map(toOfferSetView),
    bookings,
    heldSets,
    waits: waits.map(({ id, request, joinedAt, until, offerSetId }) => ({ id, request, joinedAt, until, offerSetId })),
    others: others.map(({ name, title }) => ({ name, title })),
  };
}

/** The person's bookings, latest start first. */
export async function readSessions(person: Caller): Promise<SessionsView> {
  return { now: Date.now(), sessions: (await sessionsOf(person.id)).map(toSessionView) };
}

/** One booking of the person; null when there is none of theirs by that id, or when that is no id. */
export async function readSession(person: Caller, id: string): Promise<SessionDetailView | null> {
  const now = Date.now();
  const found = z.uuid().safeParse(id).success ? await sessionOf(id, person, now) : null;
  if (!found) return null;
  const { session, events, log, enforced, trouble, changes } = found;
  return {
    ...toSessionView(session),
    now,
    changes,
    slotMinutes: session.slotMinutes,
    events: events.map((event) => ({ ...event, phase: isPhase(event.phase) ? event.phase : null })),
    log,
    trouble,
    enforced,
  };
}

/** What Meridian holds of the person's sign-ins, and where one is missing. */
export async function readCredentials(person: Caller): Promise<CredentialsView> {
  const now = Date.now();
  return { now, ...(await credentialsOf({ userId: person.id, now })) };
}

/** Who the person is, and their access tokens. */
export async function readProfile(person: Caller): Promise<ProfileView> {
  const now = Date.now();
  const { projects, tokens } = await profileOf({ user: person, now });
  return {
    now,
    person: { name: person.name, displayName: person.displayName, role: person.role },
    projects: projects.map(({ name, title }) => ({ name, title })),
    tokens: tokens.map(({ id, name, hint, scopes, createdAt, expiresAt, lastUsedAt }) => {
      return { id, name, hint, scopes, createdAt, expiresAt, lastUsedAt };
    }),
  };
}

/** Every account with its limits and its use. Only an administrator may see it: null for others. */
export async function readAdmin(person: Caller): Promise<AdminView | null> {
  if (person.role !== "administrator") return null;
  const now = Date.now();
  const [platforms, leftOvers] = await Promise.all([readAccounts({ now }), readLeftOvers()]);
  return {
    now,
    leftOvers,
    platforms: platforms.map(({ platform, readiness, accounts }) => ({
      name: platform.name,
      title: platform.title,
      slotMinutes: platform.slotMinutes,
      windowHours: platform.windowHours,
      readiness,
      accounts: accounts.map(({ id, kind, owner, limits, slots }) => ({ id, kind, owner, limits, slots })),
    })),
  };
}
