import { openPhases } from "#lib/booking/phase.ts";
import { changePhase } from "./change-phase.ts";
import type { Command } from "./command.ts";
import { remoteHelp } from "./remotely.ts";

/** `meridian accept UUID` */
export const accept: Command = {
  name: "accept",
  summary: "accepts an offer",
  help: `npm run -s meridian -- accept UUID [--json | --yaml]

Accepts an offer: the time is yours then, and the other offers of its set are given back.

  --json, --yaml  the session as it came

Example: npm run -s meridian -- accept 0199f000-0000-7000-8000-000000000001

${remoteHelp}`,
  // It may have begun already, and what was accepted before is accepted.
  ...changePhase("accept", openPhases),
};
