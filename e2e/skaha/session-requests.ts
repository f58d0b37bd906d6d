import { type Answer, json, text } from "./answer.ts";
import { eventsTable } from "./events.ts";
import { logOf } from "./logs.ts";
import { unavailable } from "./outage.ts";
import type { Parameters } from "./parameters.ts";
import { admittedAt, isActive, isInteractive, renew, type Session, statusOf } from "./session.ts";
import { compareSessions, publicJson, sessionJson } from "./session-json.ts";
import { statsOf } from "./stats.ts";
import type { User, World } from "./world.ts";

/** `GET /v1/session`: the caller's, or one of the views. */
export function listSessions(world: World, user: User, parameters: Parameters): Answer {
  const view = parameters.get("view");
  if (view === "stats") return world.platform.metrics ? json(statsOf(world)) : unavailable();
  const now = world.clock.now();
  const type = parameters.get("type")?.toLowerCase() || null;
  const status = parameters.get("status")?.toLowerCase() || null;
  const found = [...world.sessions.values()].filter((one) => {
    const its = statusOf(one, now);
    return its !== null && (type ?? one.type) === one.type && (status ?? its.toLowerCase()) === its.toLowerCase();
  });
  const asList = (sessions: Session[]) => sessions.sort(compareSessions);
  const withoutApps = found.filter((one) => one.type !== "desktop-app" || type === "desktop-app");
  if (view === "all") return json(asList(withoutApps).map((one) => publicJson(world, one)));
  const own = (sessions: Session[]) =>
    json(asList(sessions.filter((one) => one.user === user.name)).map((one) => sessionJson(world, one)));
  if (view?.toLowerCase() === "interactive")
    return own(found.filter((one) => isInteractive(one) || one.type === "desktop-app"));
  return own(withoutApps);
}

const ownSession = (world: World, user: User, id: string): Session | null => {
  const session = world.sessions.get(id);
  return session?.user === user.name && statusOf(session, world.clock.now()) !== null ? session : null;
};

/** `GET /v1/session/{id}`. */
export function showSession(world: World, user: User, id: string, parameters: Parameters): Answer {
  const session = ownSession(world, user, id);
  const view = parameters.get("view");
  if (view === "events") {
    const hasPod = session !== null && world.clock.now() >= admittedAt(session);
    return hasPod ? { ...text(200, ""), body: eventsTable(world, session) } : text(404, `session ${id} not found.`);
  }
  if (!session) return text(404, `session ${id} not found`);
  return view === "logs" ? { ...text(200, ""), body: logOf(world, session) } : json(sessionJson(world, session));
}

/** `POST /v1/session/{id}`: only `action=renew` is known. */
export function changeSession(world: World, user: User, id: string, parameters: Parameters): Answer {
  const action = parameters.get("action");
  if (action === null) return text(400, "Cannot modify an existing session");
  if (action !== "renew") return text(400, "unrecognized action");
  const session = ownSession(world, user, id);
  const now = world.clock.now();
  if (!session || !isActive(session, now) || !renew(session, now))
    return text(400, `No active job for user ${user.name} with session ${id}`);
  world.changed();
  return text(200, "");
}

/** `DELETE /v1/session/{id}`: 200 whatever happened; only the caller's own session is ended. */
export function deleteSession(world: World, user: User, id: string): Answer {
  for (const session of world.sessions.values())
    if (session.id === id && session.user === user.name) session.deletedAt ??= world.clock.now();
  world.changed();
  return text(200, "");
}
