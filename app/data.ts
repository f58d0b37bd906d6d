import { z } from "zod";
import type {
  CalendarView,
  OfferSetView,
  OfferView,
  SessionDetailView,
  SessionsView,
  SessionView,
} from "#lib/api/view.ts";
import type { Caller } from "#lib/auth/session.ts";
import { isPhase } from "#lib/booking/phase.ts";
import { bookingPlace, readCalendar as calendarOf } from "#lib/broker/read-calendar.ts";
import { readSession as sessionOf, readSessions as sessionsOf } from "#lib/broker/read-sessions.ts";

type Session = Awaited<ReturnType<typeof sessionsOf>>[number];
type OfferSet = Awaited<ReturnType<typeof calendarOf>>["offerSets"][number];

function toSessionView(session: Session): SessionView {
  const { id, name, phase, platform, executable, resources, startsAt, endsAt } = session;
  const { acceptedAt, phaseSince, reason, connector } = session;
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

/** The calendar of the person who asks; throws when they have no project on any platform. */
export async function readCalendar(person: Caller): Promise<CalendarView> {
  const now = Date.now();
  const place = await bookingPlace(person.id);
  if (!place) throw new Error(`${person.name} has no project on any platform`);
  const { platform, project, slots, budgets, sessions, offerSets, bookings, readiness } = await calendarOf({
    place,
    userId: person.id,
    now,
  });
  const { name, title, limit, slotMinutes, windowHours } = platform;
  return {
    now,
    person: { name: person.name, displayName: person.displayName, role: person.role },
    project: { name: project.name, title: project.title },
    platform: { name, title, limit, slotMinutes, windowHours, readiness },
    slots,
    budgets,
    sessions: sessions.map(toSessionView),
    offerSets: offerSets.map(toOfferSetView),
    bookings,
  };
}

/** The person's bookings, latest start first. */
export async function readSessions(person: Caller): Promise<SessionsView> {
  return { now: Date.now(), sessions: (await sessionsOf(person.id)).map(toSessionView) };
}

/** One booking of the person; null when there is none of theirs by that id, or when that is no id. */
export async function readSession(person: Caller, id: string): Promise<SessionDetailView | null> {
  const found = z.uuid().safeParse(id).success ? await sessionOf(id, person.id) : null;
  if (!found) return null;
  const { session, events, log, enforced } = found;
  return {
    ...toSessionView(session),
    now: Date.now(),
    slotMinutes: session.slotMinutes,
    events: events.map((event) => ({ ...event, phase: isPhase(event.phase) ? event.phase : null })),
    log,
    enforced,
  };
}
