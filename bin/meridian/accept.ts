import { randomUUID } from "node:crypto";
import { openPhases } from "#lib/booking/phase.ts";
import { asItCame, print } from "./as-it-came.ts";
import type { Command } from "./command.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { sessionLines } from "./show.ts";
import { uuidOf } from "./uuid-of.ts";

/** `meridian accept UUID` */
export const accept: Command = {
  name: "accept",
  summary: "accepts an offer",
  help: `npm run -s meridian -- accept UUID [--json | --yaml]

Accepts an offer: the time is yours then, and the other offers of its set are given back.

  --json, --yaml  the session as it came

Example: npm run -s meridian -- accept 0199f000-0000-7000-8000-000000000001

${remoteHelp}`,
  options: asItCame,
  takes: "UUID",
  isRemote: true,
  run: (values, uuid) => {
    const id = uuidOf(uuid);
    return remotely(async (broker) => {
      const session = await broker.accept(id, { idempotencyKey: randomUUID() });
      print(values, session, () => sessionLines(session));
      // It may have begun already, and what was accepted before is accepted.
      return openPhases.some((phase) => phase === session.phase) ? 0 : 1;
    });
  },
};
