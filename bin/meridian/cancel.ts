import { changePhase } from "./change-phase.ts";
import type { Command } from "./command.ts";
import { remoteHelp } from "./remotely.ts";

/** `meridian cancel UUID` */
export const cancel: Command = {
  name: "cancel",
  summary: "cancels a session, or gives an offer back",
  help: `npm run -s meridian -- cancel UUID [--json | --yaml]

Cancels a session, running or not, or gives an offer back. What is left of its time is free for others.

  --json, --yaml  the session as it came

Example: npm run -s meridian -- cancel 0199f000-0000-7000-8000-000000000001

${remoteHelp}`,
  ...changePhase("cancel", ["CANCELLED"]),
};
