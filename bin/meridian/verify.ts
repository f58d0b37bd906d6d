import { verify as check, type Finding } from "#lib/broker/verify.ts";
import type { Command } from "./command.ts";

/** `meridian verify [--repair]` */
export const verify: Command = {
  name: "verify",
  summary: "recomputes the ledger and checks that nothing was lost or changed",
  help: `npm run -s meridian -- verify [--repair] [--json]

Recomputes the ledger from the sessions; looks for slots above their limit, events of the audit that were changed or removed
since they were sealed, sessions whose history is no way through the phases, what is overdue, and what runs on a platform
without a session that wants it. Exits 0 when all is as it should be, 1 when anything is not.

  --repair   makes the ledger say what the sessions say, lets overdue offers expire, removes orphans. Exits 1 when something
             is left. The audit is never repaired.
  --json     one object a line: findings {"check","subject","sentence"}, then {"repaired"}, then {"census"}.

The last seal that is printed stands for all events before it: keep it elsewhere, and compare it some day.`,
  options: { repair: { type: "boolean" }, json: { type: "boolean" } },
  async run({ repair, json }) {
    const { findings, repaired, census } = await check({
      repair: repair === true,
      now: Date.now(),
      signal: AbortSignal.timeout(10 * 60_000),
    });
    if (json) {
      for (const finding of findings) console.log(JSON.stringify(finding));
      console.log(JSON.stringify({ repaired }));
      console.log(JSON.stringify({ census }));
    } else {
      for (const line of inWords(findings)) console.log(line);
      for (const line of repaired) console.log(`repaired  ${line}`);
      const { sessions, ledger, events, sealed, seal } = census;
      console.log(`${sessions} sessions, ${ledger} rows of the ledger, ${events} events, ${sealed} of them sealed.`);
      if (seal) console.log(`The last seal is ${seal}.`);
      console.log(
        findings.length === 0 ? "All is as it should be." : `${findings.length} things are not as they should be.`,
      );
    }
    return findings.length === 0 ? 0 : 1;
  },
};

const inWords = (findings: readonly Finding[]): string[] =>
  findings.map(({ check, subject, sentence }) => `${check.padEnd(8)}  ${subject}: ${sentence}`);
