import { isPhase, type Phase, phases } from "#lib/booking/phase.ts";
import { Trouble } from "../trouble.ts";
import { asItCame, print } from "./as-it-came.ts";
import type { Command } from "./command.ts";
import { firstOf, howMany } from "./first-of.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { sessionLines, sessionTable } from "./show.ts";
import { uuidOf } from "./uuid-of.ts";

/** `meridian sessions [UUID]` */
export const sessions: Command = {
  name: "sessions",
  summary: "shows your offers and sessions",
  help: `npm run -s meridian -- sessions [UUID] [--phase PHASE]… [--limit N] [--json | --yaml]

Lists your offers and sessions, the newest first, or shows one of them.

  --phase         only those in this phase; may be given several times
  --limit         how many at most, 20 when left out
  --json, --yaml  the answer as it came

Example: npm run -s meridian -- sessions --phase AVAILABLE --phase RUNNING

${remoteHelp}`,
  options: { phase: { type: "string", multiple: true }, limit: { type: "string" }, ...asItCame },
  takes: "[UUID]",
  isRemote: true,
  run: (values, uuid) => {
    const id = uuid === undefined ? null : uuidOf(uuid);
    const many = howMany(values.limit);
    const phase = phasesOf(values.phase);
    return remotely(async (broker) => {
      if (id !== null) {
        const { value } = await broker.session(id);
        print(values, value, () => sessionLines(value));
        return 0;
      }
      const found = await firstOf(many, broker.sessions({ limit: Math.min(many, 100), ...(phase && { phase }) }));
      print(values, found, () => (found.length > 0 ? sessionTable(found) : ["There are none."]));
      return 0;
    });
  },
};

function phasesOf(given: unknown): Phase[] | null {
  if (!Array.isArray(given)) return null;
  return given.map((word) => {
    const phase = String(word).toUpperCase();
    if (!isPhase(phase)) throw new Trouble(`“${word}” is no phase. There are ${phases.join(", ")}.`);
    return phase;
  });
}
