import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";
import { raceOptions } from "#lib/testing/race/options.ts";
import { report } from "#lib/testing/race/report.ts";
import { runRace } from "#lib/testing/race/run-race.ts";

/**
 * `npm run race -- [--operations N] [--clients N] [--seed N] [--durable] [--naive] [--json]`: random people do random
 * things on a database server of its own, and afterwards everything has to add up. Ends with 1 when anything does not.
 */
const options = raceOptions(process.argv.slice(2));
if (typeof options === "string") {
  console.error(options);
  process.exit(2);
}
const say = (line: string) => console.error(line);
const folder = await mkdtemp(path.join(tmpdir(), "meridian-race-"));
const { durable, operations, clients, processes, seed } = options;
const server = await startEmbeddedServer({ folder: path.join(folder, "database"), say: () => undefined, durable });
const flushed = durable ? "every commit is flushed to the disk" : "nothing is flushed to the disk (--durable does)";
say(`${operations} operations by ${clients} clients in ${processes} processes, seed ${seed}; ${flushed}`);
let isClean = false;
try {
  const outcome = await runRace(options, { url: server.url, folder, say });
  console.log(report(options, outcome));
  const bad = outcome.checks.filter(({ found }) => found.length > 0);
  for (const { name, found } of bad) say(`${name}:\n${found.slice(0, 5).map(inWords).join("\n")}`);
  isClean = bad.length === 0;
  say(isClean ? "everything adds up" : "NOT everything adds up");
} finally {
  await server.discard();
  await rm(folder, { recursive: true, force: true });
}
process.exit(isClean ? 0 : 1);

function inWords(thing: unknown): string {
  return `  ${typeof thing === "string" ? thing : JSON.stringify(thing)}`;
}
