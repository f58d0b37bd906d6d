import { hasPage, typeAsSubject } from "#lib/booking/executable.ts";
import { isLive } from "#lib/booking/phase.ts";
import { kinds } from "../standard/kinds.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import { keptOf } from "./kept-request.ts";
import { showComponents } from "./show-components.ts";
import { showMessages } from "./show-messages.ts";
import { showOptions } from "./show-options.ts";
import { showSchedule } from "./show-schedule.ts";
import { type Looking, modifiedAt, type ShownSession, shownPhase } from "./shown-session.ts";

/**
 * A session in the words of the standard 1.0, as whoever looks may see it. In its offer set (`inSet`) it does not repeat what was
 * said to the request: the set says that.
 */
export function showSession(session: ShownSession, looking: Looking, inSet = false): ScheduledSession {
  const { id, name, platform, executable, createdAt, expiresAt } = session;
  const phase = shownPhase(session, looking.now);
  const asked = keptOf(session.asked).request?.meta;
  const options = showOptions(session, looking);
  const messages = showMessages(inSet ? { ...session, asked: null } : session);
  const schedule = showSchedule(session);
  const components = showComponents(session, looking, schedule);
  const connectors = showConnectors(session, looking);
  return {
    kind: kinds.session.scheduled,
    meta: {
      uuid: id,
      name: asked?.name === undefined ? name : `${asked.name}-offer-${session.position}`,
      url: `${looking.baseUrl}/sessions/${id}`,
      description: asked?.description ?? `${typeAsSubject(executable.type)} on ${platform.title}`,
      created: new Date(createdAt).toISOString(),
      modified: new Date(modifiedAt(session, looking.now)).toISOString(),
      ...(messages.length === 0 ? {} : { messages }),
      ...(options.length === 0 ? {} : { options }),
    },
    // What the session costs is what its components cost, and only the compute resource does.
    costs: components.compute?.costs,
    metrics: components.compute?.metrics,
    phase,
    ...(phase === "OFFERED" ? { expires: new Date(expiresAt).toISOString() } : {}),
    ...components,
    ...(connectors.length === 0 ? {} : { connectors }),
    schedule,
  };
}

/**
 * The way to what runs. The link is our own address, which leads its owner, and nobody else, into the session while its slot runs;
 * so what is secret about it is in no answer.
 */
function showConnectors(
  session: ShownSession,
  { userId, siteUrl, now }: Looking,
): NonNullable<ScheduledSession["connectors"]> {
  const { id, connector, executable, phase, startsAt, endsAt, user } = session;
  if (connector === null || !hasPage(executable.type)) return [];
  const isUsable = connector === "AVAILABLE" && isLive(phase) && now >= startsAt && now < endsAt;
  return [
    {
      kind: executable.type === "notebook" ? "urn:jupyter-notebook" : `urn:skaha:${executable.type}`,
      status: connector === "AVAILABLE" && !isUsable ? (now < startsAt ? "PREPARING" : "FINISHED") : connector,
      protocol: siteUrl.startsWith("https:") ? "HTTPS" : "HTTP",
      ...(isUsable && user.id === userId ? { location: `${siteUrl}/sessions/${id}/open` } : {}),
    },
  ];
}
