import { kinds } from "../standard/kinds.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import { keptOf } from "./kept-request.ts";
import type { Looking, ShownSession } from "./shown-session.ts";
import { withoutQueries } from "./without-queries.ts";

type StandardExecutable = NonNullable<ScheduledSession["executable"]>;

/**
 * What runs, as it was asked for; what a page asked for, in the standard's words. Variables, commands and signed addresses may be
 * secret: they are the owner's only. What only a broker says of it is not repeated from what was sent.
 */
export function showExecutable(session: ShownSession, looking: Looking): StandardExecutable {
  const asked = keptOf(session.asked).request?.executable;
  const { costs: _, metrics: __, ...own } = asked ?? ofPage(session);
  if (own.kind !== kinds.executable.dockerContainer) return isOwners(session, looking) ? own : withoutQueries(own);
  const shown = own.network === undefined ? own : { ...own, network: withoutOutside(own.network) };
  if (isOwners(session, looking)) return shown;
  const { environment, command, entrypoint, ...others } = shown;
  return withoutQueries(others);
}

export const isOwners = ({ user }: ShownSession, { userId }: Looking): boolean => user.id === userId;

type Network = NonNullable<Extract<StandardExecutable, { kind: typeof kinds.executable.dockerContainer }>["network"]>;

/** Without the outside addresses of ports: a platform gives them, if any. */
const withoutOutside = ({ ports, ...network }: Network): Network => ({
  ...network,
  ...(ports === undefined ? {} : { ports: ports.map(({ external: _, ...port }) => port) }),
});

function ofPage({ executable }: ShownSession): StandardExecutable {
  const { type, image, command, args, environment, notebook } = executable;
  if (type === "notebook" && image === null) {
    return { kind: kinds.executable.jupyterNotebook, ...(notebook ? { location: notebook } : {}) };
  }
  return {
    kind: kinds.executable.dockerContainer,
    ...(image === null ? {} : { image: { locations: [image] } }),
    ...(command ? { entrypoint: command } : {}),
    ...(args ? { command: args.split(/\s+/).filter(Boolean) } : {}),
    ...(environment ? { environment: { ...environment } } : {}),
  };
}
