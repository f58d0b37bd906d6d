import { kinds } from "../standard/kinds.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import type { KeptRequest } from "./plan-request.ts";
import type { Looking, ShownSession } from "./shown-session.ts";

type StandardExecutable = NonNullable<ScheduledSession["executable"]>;

/** What runs, as it was asked for; what a page asked for, in the standard's words. Variables may be secret: the owner's only. */
export function showExecutable(session: ShownSession, { userId }: Looking): StandardExecutable {
  const asked = (session.asked as KeptRequest | null)?.request.executable;
  const shown = asked ?? ofPage(session);
  if (shown.kind !== kinds.executable.dockerContainer || session.user.id === userId) return shown;
  const { environment: _, ...others } = shown;
  return others;
}

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
