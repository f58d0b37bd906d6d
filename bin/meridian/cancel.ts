import { randomUUID } from "node:crypto";
import { asItCame, print } from "./as-it-came.ts";
import type { Command } from "./command.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { sessionLines } from "./show.ts";
import { uuidOf } from "./uuid-of.ts";

/** `meridian cancel UUID` */
export const cancel: Command = {
  name: "cancel",
  summary: "cancels a session, or gives an offer back",
  help: `npm run -s meridian -- cancel UUID [--json | --yaml]

Cancels a session, running or not, or gives an offer back. What is left of its time is free for others.

  --json, --yaml  the session as it came

Example: npm run -s meridian -- cancel 0199f000-0000-7000-8000-000000000001

${remoteHelp}`,
  options: asItCame,
  takes: "UUID",
  isRemote: true,
  run: (values, uuid) => {
    const id = uuidOf(uuid);
    return remotely(async (broker) => {
      const session = await broker.cancel(id, { idempotencyKey: randomUUID() });
      print(values, session, () => sessionLines(session));
      return session.phase === "CANCELLED" ? 0 : 1;
    });
  },
};
