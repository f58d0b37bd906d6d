import type { Figure } from "../figures.ts";
import { forgetSets, storeHistory } from "./history.ts";
import { type LoadProcess, startLoadProcess } from "./load-process.ts";
import type { Lookup } from "./orders.ts";
import type { BenchServer } from "./server.ts";
import { quantile, type Sizes } from "./sizes.ts";
import { makeTown, type Town } from "./town.ts";

interface Stored {
  readonly sessions: number;
  readonly url: string;
  readonly town: Town;
  readonly process: LoadProcess;
  readonly took: Record<Lookup, number[]>;
}

const titles: Record<Lookup, string> = {
  offers: "offers for a request",
  availability: "availability of the window",
  accept: "accepting an offer",
};

/** How many of the stored sessions are booked in the window, at every size. */
const AHEAD = 200;

/**
 * How long single questions take with more and more sessions stored: a database for each size, all on one server, asked
 * in turns, so that what the machine does meanwhile meets all of them alike.
 */
export async function benchLookups(server: BenchServer, sizes: Sizes, say: (line: string) => void): Promise<Figure[]> {
  const all: Stored[] = [];
  try {
    for (const sessions of sizes.stored) all.push(await store(server, sessions, say));
    const kinds = Object.keys(titles) as Lookup[];
    for (const what of kinds) {
      // Round 0 warms up and does not count.
      for (let round = 0; round <= sizes.rounds; round++) {
        for (const one of all) await oneTurn(one, what, round, sizes.lookups);
      }
      say(`${titles[what]}: p50 ${all.map((one) => `${quantile(one.took[what], 0.5).toFixed(2)} ms`).join(", ")}`);
    }
    return kinds.flatMap((what) => [0.5, 0.99].flatMap((share) => figuresOf(all, what, share)));
  } finally {
    await Promise.all(all.map((one) => one.process.end()));
  }
}

async function store(server: BenchServer, sessions: number, say: (line: string) => void): Promise<Stored> {
  const began = performance.now();
  const url = await server.makeDatabase(`stored_${sessions}`, "meridian");
  await server.open(url);
  const town = await makeTown();
  await storeHistory(url, town, { sessions, ahead: AHEAD });
  say(`${sessions} sessions stored in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const process = await startLoadProcess(url, 4);
  return { sessions, url, town, process, took: { offers: [], availability: [], accept: [] } };
}

async function oneTurn(one: Stored, what: Lookup, round: number, times: number): Promise<void> {
  const { took, sets } = await one.process.tell({ do: "look up", town: one.town, what, times, first: round * times });
  if (round > 0) one.took[what].push(...took);
  if (sets.length > 0) await forgetSets(one.url, sets);
}

function figuresOf(all: readonly Stored[], what: Lookup, share: number): Figure[] {
  const least = all[0] && quantile(all[0].took[what], share);
  return all.map(({ sessions, took }, index) => {
    const value = quantile(took[what], share);
    const name = `${titles[what]}, ${sessions.toLocaleString("en")} stored, p${share * 100}`;
    if (index === 0 || !least) return { name, value, unit: "ms" };
    return {
      name,
      value,
      unit: "ms",
      against: `${all[0]?.sessions.toLocaleString("en")} stored`,
      ratio: value / least,
    };
  });
}
