import { wouldRun } from "./headless-command.ts";
import { keyOf, readyAt, type Session } from "./session.ts";
import type { World } from "./world.ts";

/** The container's log: of what really runs or ran, else a line that says so; empty before anything started. */
export function logOf(world: World, session: Session): string {
  const key = keyOf(session);
  const real = world.programs.get(key)?.log() ?? world.logs.get(key);
  if (real !== undefined) return real;
  const ready = readyAt(session);
  if (ready === null || world.clock.now() < ready) return "";
  return session.pretends ? wouldRun(session) : "";
}
