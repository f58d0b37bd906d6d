import { randomUUID } from "node:crypto";
import { asItCame, print } from "./as-it-came.ts";
import type { Command } from "./command.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { requestText } from "./request-text.ts";
import { sessionLines } from "./show.ts";
import { whereHelp, whereOf, whereOptions } from "./where.ts";

/** `meridian direct FILE|-` */
export const direct: Command = {
  name: "direct",
  summary: "books the best offer at once",
  help: `npm run -s meridian -- direct FILE [--platform NAME] [--project NAME] [--json | --yaml]

Books without asking first: the best offer is taken. FILE has the request in YAML or JSON, - is the standard input; what
stands in it shows the help of “request”.

${whereHelp}
  --json, --yaml  the session as it came

Example: npm run -s meridian -- direct fit.yaml --json

${remoteHelp}`,
  options: { ...whereOptions, ...asItCame },
  takes: "FILE",
  isRemote: true,
  run: async (values, file = "") => {
    const text = await requestText(file);
    return remotely(async (broker) => {
      const session = await broker.direct(text, { ...whereOf(values), idempotencyKey: randomUUID() });
      const refused = session.phase === "FAILED";
      print(values, session, () => [...(refused ? ["NO."] : []), ...sessionLines(session)]);
      return refused ? 1 : 0;
    });
  },
};
