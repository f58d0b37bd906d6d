import { isPhase, type Phase, phases } from "#lib/booking/phase.ts";
import { Trouble } from "../trouble.ts";
import type { Command } from "./command.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { inUtc, messagesOf } from "./show.ts";
import { uuidOf } from "./uuid-of.ts";

/** Ends that nobody wanted. */
const sad: readonly Phase[] = ["FAILED", "EXPIRED", "REJECTED"];

/** `meridian watch UUID` */
export const watch: Command = {
  name: "watch",
  summary: "follows a session until it is over, or in a phase",
  help: `npm run -s meridian -- watch UUID [--until PHASE] [--json]

Prints each phase of a session as it comes, and ends when the session is over.

  --until  ends when this phase has come; exits 1 when the session is over before
  --json   one object a line: each session as it came

Without --until it exits 1 when the session failed, expired or was rejected.

Example: npm run -s meridian -- watch 0199f000-0000-7000-8000-000000000001 --until AVAILABLE

${remoteHelp}`,
  options: { until: { type: "string" }, json: { type: "boolean" } },
  takes: "UUID",
  isRemote: true,
  run: (values, uuid) => {
    const id = uuidOf(uuid);
    const until = values.until === undefined ? null : String(values.until).toUpperCase();
    if (until !== null && !isPhase(until))
      throw new Trouble(`“${values.until}” is no phase. There are ${phases.join(", ")}.`);
    return remotely(async (broker) => {
      let last: Phase | undefined;
      let said = 0;
      for await (const session of broker.watch(id, new AbortController().signal)) {
        const { phase, meta } = session;
        if (values.json) console.log(JSON.stringify(session));
        else {
          if (phase !== last) console.log([meta?.modified && inUtc(meta.modified), phase].filter(Boolean).join("  "));
          for (const line of messagesOf(meta).slice(said)) console.log(line);
          said = meta?.messages?.length ?? 0;
        }
        last = phase;
        if (phase === until) return 0;
      }
      return until !== null || (last !== undefined && sad.includes(last)) ? 1 : 0;
    });
  },
};
