import { bookingWindow } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { NOW } from "#lib/testing/universe.ts";
import { type Figure, median } from "../figures.ts";
import { askLedger, askSessions, indexForSummed } from "./capacity-question.ts";
import { storeHistory } from "./history.ts";
import type { BenchServer } from "./server.ts";
import type { Sizes } from "./sizes.ts";
import { personOf } from "./steps.ts";
import { makeTown, type Town } from "./town.ts";

/**
 * What an offer search asks of the database, the use of the window by platform, project and user, answered by the ledger
 * and by summing the sessions that overlap each slot: in turns, on one database, both from one connection.
 */
export async function benchSumming(server: BenchServer, sizes: Sizes, say: (line: string) => void): Promise<Figure[]> {
  const sessions = sizes.summed;
  const figures: Figure[] = [];
  for (const [where, ahead] of [
    ["in the window", sessions],
    ["stored, 200 in the window", 200],
  ] as const) {
    const url = await server.makeDatabase(`summed_${ahead}`, "meridian");
    await server.open(url);
    const town = await makeTown();
    await storeHistory(url, town, { sessions, ahead });
    await database().pool.query(indexForSummed);
    await database().pool.query("ANALYZE sessions");
    await sameAnswer(town);
    const { ledger, summed } = await inTurns(town, sizes);
    const name = `of ${sessions.toLocaleString("en")} sessions ${where}`;
    say(`room for an offer, ${name}: ${ledger.toFixed(2)} ms, summed ${summed.toFixed(2)} ms`);
    figures.push(
      { name: `room for an offer, ${name}`, value: ledger, unit: "ms" },
      {
        name: "  the same by summing sessions in SQL",
        value: summed,
        unit: "ms",
        against: "the ledger",
        ratio: summed / ledger,
      },
    );
  }
  return figures;
}

/** Questions that do not count. */
const WARM_UP = 50;

async function inTurns(town: Town, sizes: Sizes): Promise<{ ledger: number; summed: number }> {
  const ledger: number[] = [];
  const summed: number[] = [];
  const count = (sizes.rounds * sizes.lookups) / 2;
  for (let index = -WARM_UP; index < count; index++) {
    const user = personOf(town, index + WARM_UP);
    const began = performance.now();
    await askLedger(town, user);
    const between = performance.now();
    await askSessions(town, user);
    if (index < 0) continue;
    ledger.push(between - began);
    summed.push(performance.now() - between);
  }
  return { ledger: median(ledger), summed: median(summed) };
}

/** A comparison counts only when both say the same. */
async function sameAnswer(town: Town): Promise<void> {
  const { slotMinutes } = town.platform;
  const window = bookingWindow(town.platform, NOW);
  const user = personOf(town, 3);
  const summed = await askSessions(town, user);
  const booked = await usedCores(town, user.id, user.projectId);
  const slots = (window.end - window.start) / (slotMinutes * 60_000);
  const differs = summed.find(({ start, platform, project, user: own }) => {
    const of = (kind: string) => booked.get(`${kind} ${start}`) ?? 0;
    return of("platform") !== platform || of("project") !== project || of("user") !== own;
  });
  if (differs || summed.length !== slots) throw new Error(`ledger and sum differ: ${JSON.stringify(differs)}`);
}

async function usedCores(town: Town, userId: string, projectId: string): Promise<Map<string, number>> {
  const { rows } = await database().pool.query<{ at: string; used: number }>(
    `SELECT a.kind || ' ' || (extract(epoch FROM l.slot) * 1000)::bigint AS at, l.used_cores AS used
     FROM ledger l JOIN accounts a ON a.id = l.account_id
     WHERE a.platform_id = $1 AND (a.kind = 'platform' OR a.project_id = $2 OR a.user_id = $3)`,
    [town.platform.id, projectId, userId],
  );
  return new Map(rows.map(({ at, used }) => [at, used]));
}
