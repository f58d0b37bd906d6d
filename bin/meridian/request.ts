import { randomUUID } from "node:crypto";
import { asItCame, print } from "./as-it-came.ts";
import type { Command } from "./command.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { requestText } from "./request-text.ts";
import { offerSetLines } from "./show.ts";
import { whereHelp, whereOf, whereOptions } from "./where.ts";

/** `meridian request FILE|-` */
export const request: Command = {
  name: "request",
  summary: "asks for offers",
  help: `npm run -s meridian -- request FILE [--platform NAME] [--project NAME] [--json | --yaml]

Asks for offers. FILE has the request in YAML or JSON, - is the standard input. Accept one of the offers before it expires.

${whereHelp}
  --json, --yaml  the offer set as it came

Example, an hour of two cores:

  cat > fit.yaml <<END
  executable:
    kind: https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/executable/jupyter-notebook.yaml
    location: https://example.org/fit.ipynb
  compute:
    kind: https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/compute/simple-compute-resource.yaml
    cores: {min: 2}
  schedule: {requested: {duration: PT1H}}
  END
  npm run -s meridian -- request fit.yaml

${remoteHelp}`,
  options: { ...whereOptions, ...asItCame },
  takes: "FILE",
  isRemote: true,
  run: async (values, file = "") => {
    const text = await requestText(file);
    return remotely(async (broker) => {
      const set = await broker.request(text, { ...whereOf(values), idempotencyKey: randomUUID() });
      print(values, set, () => [
        ...offerSetLines(set),
        ...(set.result === "YES" ? ["Accept one with: npm run -s meridian -- accept SESSION"] : []),
      ]);
      return set.result === "YES" ? 0 : 1;
    });
  },
};
