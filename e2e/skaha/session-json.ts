import { expiryOf, keyOf, type Session, startOf, statusOf } from "./session.ts";
import type { World } from "./world.ts";

const GIB_IN_GB = 1.073741824;
const places: Partial<Record<Session["type"], (id: string, home: string) => string>> = {
  notebook: (id, home) => `notebook/${id}/lab/tree/${home}?token=${id}`,
  carta: (id) => `carta/${id}/`,
  desktop: (id) => `desktop/${id}/?password=${id}&path=session/desktop/${id}/`,
  contributed: (id) => `contrib/${id}/`,
  firefly: (id) => `firefly/${id}/firefly/`,
};

export function connectUrl(world: World, session: Session): string {
  const place = places[session.type]?.(session.id, `${world.platform.home}/${session.user}`);
  return place === undefined ? "" : `${world.url()}/session/${place}`;
}

/** One session as its owner sees it. What is null on the platform is left out. */
export function sessionJson(world: World, session: Session) {
  const now = world.clock.now();
  const owner = world.users.get(session.user);
  const isFixed = session.ramGiB !== null;
  return {
    id: session.id,
    ...(session.appId ? { appid: session.appId } : {}),
    userid: session.user,
    runAsUID: String(owner?.uid ?? 0),
    runAsGID: String(owner?.uid ?? 0),
    supplementalGroups: owner?.groups ?? [],
    image: session.image,
    type: session.type,
    status: statusOf(session, now),
    name: session.name,
    ...times(world, session, now),
    connectURL: connectUrl(world, session),
    ...(isFixed
      ? {
          requestedRAM: ((session.ramGiB ?? 0) * GIB_IN_GB).toFixed(2),
          requestedCPUCores: String(session.cores ?? 1),
        }
      : {}),
    requestedGPUCores: String(session.gpus),
    isFixedResources: isFixed,
  };
}

/** What `view=all` tells of everybody's sessions. */
export function publicJson(world: World, session: Session) {
  const now = world.clock.now();
  const { startTime } = times(world, session, now);
  return {
    userid: session.user,
    type: session.type,
    status: statusOf(session, now),
    ...(startTime ? { startTime } : {}),
  };
}

function times(world: World, session: Session, now: number): { startTime?: string; expiryTime?: string } {
  const start = startOf(session, now);
  const expiry = expiryOf(session, now);
  if (start === null || expiry === null) return {};
  // Two sessions with the same start may write it differently; a reader must cope with all of these.
  return {
    startTime: written(world.clock.shown(start), session.precision),
    expiryTime: written(world.clock.shown(expiry), session.precision === "minute" ? "second" : session.precision),
  };
}

function written(at: number, precision: Session["precision"]): string {
  const whole = new Date(at).toISOString();
  if (precision === "millisecond") return whole;
  return precision === "minute" ? `${whole.slice(0, 16)}Z` : `${whole.slice(0, 19)}Z`;
}

export const compareSessions = (a: Session, b: Session) =>
  a.createdAt - b.createdAt || keyOf(a).localeCompare(keyOf(b));
