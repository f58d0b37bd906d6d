import { database } from "#lib/db/client.ts";
import { type Figure, median } from "../figures.ts";
import { rateOf, startLoadProcess } from "./load-process.ts";
import type { Shape } from "./orders.ts";
import { findPgbench, type Pgbench, preparePgbench } from "./pgbench.ts";
import type { BenchServer } from "./server.ts";
import type { Sizes } from "./sizes.ts";
import { makeTown } from "./town.ts";

interface Load {
  readonly name: string;
  readonly clients: number;
  readonly shape: Shape | "pairs";
}

const loads: readonly Load[] = [
  ...[1, 8, 32].map((clients) => ({ name: "accepted bookings", clients, shape: "spread" as const })),
  { name: "accepted out of four offers", clients: 8, shape: "sets of four" },
  { name: "requested, then accepted", clients: 8, shape: "pairs" },
  { name: "accepted, all in one slot of one project", clients: 8, shape: "one slot" },
];

/**
 * Bookings per second against `pgbench -N` with the same number of clients on the same server, in turns. The load
 * comes from a process of its own, with a connection a client. One is enough: a Node process asked PostgreSQL 14,000 to
 * 17,000 trivial questions a second with 8 clients, two together 9,500 to 14,000, several times what a booking can reach.
 */
export async function benchAccepting(
  server: BenchServer,
  sizes: Sizes,
  say: (line: string) => void,
): Promise<Figure[]> {
  const program = findPgbench();
  if (!program) say("There is no pgbench (Debian's postgresql packages bring it): absolute figures only.");
  const pgbench = program ? await preparePgbench(program, await server.makeDatabase("bank", "empty")) : null;
  const figures: Figure[] = [];
  for (const load of loads) figures.push(...(await inTurns(load, { server, pgbench, sizes, say })));
  return figures;
}

interface Place {
  readonly server: BenchServer;
  readonly pgbench: Pgbench | null;
  readonly sizes: Sizes;
  readonly say: (line: string) => void;
}

async function inTurns(load: Load, { server, pgbench, sizes, say }: Place): Promise<Figure[]> {
  const { seconds } = sizes;
  const clients = `${load.clients} ${load.clients === 1 ? "client" : "clients"}`;
  const ours: number[] = [];
  const theirs: number[] = [];
  // A short turn that does not count says how many offers a whole turn takes.
  let most = await oneTurn(load, server, { offers: 300, seconds: 1 });
  for (let round = 1; round <= sizes.rounds; round++) {
    const bank = await pgbench?.rate(load.clients, seconds);
    const rate = await oneTurn(load, server, { offers: Math.ceil(most * seconds * 1.3), seconds });
    most = Math.max(most, rate);
    ours.push(rate);
    if (bank) theirs.push(bank);
    const beside = bank ? `, pgbench ${Math.round(bank)}/s` : "";
    say(`${load.name}, ${clients}, round ${round}: ${Math.round(rate)}/s${beside}`);
  }
  const name = `${load.name}, ${clients}`;
  const value = median(ours);
  if (!pgbench) return [{ name, value, unit: "1/s" }];
  const bank = median(theirs);
  return [
    { name, value, unit: "1/s", against: "pgbench -N", ratio: value / bank },
    { name: `  pgbench -N, ${clients}`, value: bank, unit: "1/s" },
  ];
}

/** How many bookings warm a new process and its connections up. */
const WARM_UP = 200;

/**
 * A new database, so that no turn pays for the bookings of those before it (one database for all lost up to half its rate in
 * three turns); a warm-up, new offers, a vacuum as pgbench begins with too, then the time that counts.
 */
async function oneTurn(
  { clients, shape }: Load,
  server: BenchServer,
  { offers, seconds }: { offers: number; seconds: number },
): Promise<number> {
  const name = `turn_${++turns}`;
  const url = await server.makeDatabase(name, "meridian");
  await server.open(url);
  const town = await makeTown(shape === "one slot" ? { projects: 1 } : {});
  const process = await startLoadProcess(url, clients);
  try {
    const asked = shape === "pairs" ? "spread" : shape;
    await process.tell({ do: "prepare", town, shape: asked, offers: WARM_UP, clients });
    await process.tell({ do: "accept", clients, seconds: 60 });
    if (shape !== "pairs") await process.tell({ do: "prepare", town, shape, offers, clients });
    await database().pool.query("VACUUM (ANALYZE)");
    return rateOf(
      await process.tell(
        shape === "pairs" ? { do: "pairs", town, clients, seconds } : { do: "accept", clients, seconds },
      ),
    );
  } finally {
    await process.end();
    await server.dropDatabase(name);
  }
}

let turns = 0;
