import { quantile } from "../booking/sizes.ts";
import { type Figure, median } from "../figures.ts";
import { pairedRatio } from "./paired.ts";

type Turns = readonly { readonly perSecond: number; readonly took: readonly number[] }[];

/** The turns of one question: with the constant one beside them, and at each size, the fewest first. */
export interface Measured {
  readonly name: string;
  readonly constant: Turns;
  readonly ours: readonly { readonly sessions: number; readonly turns: Turns }[];
}

const CONSTANT = "GET /api/alive";

/** Of each question its rate, p50 and p99: with the fewest sessions against the constant, with more against the fewest. */
export function figuresOf(all: readonly Measured[]): Figure[] {
  return [
    ...three(
      CONSTANT,
      all.flatMap(({ constant }) => constant),
    ),
    ...all.flatMap(({ name, constant, ours: [least, ...more] }) => {
      if (!least) return [];
      const stored = (sessions: number) => `${sessions.toLocaleString("en")} stored`;
      return [
        ...three(name, least.turns, { name: CONSTANT, turns: constant }),
        ...more.flatMap(({ sessions, turns }) =>
          three(`  ${stored(sessions)}`, turns, { name: stored(least.sessions), turns: least.turns }),
        ),
      ];
    }),
  ];
}

/** Rates are compared turn by turn; how long answers took, over all turns. */
function three(name: string, turns: Turns, beside?: { readonly name: string; readonly turns: Turns }): Figure[] {
  const rates = (of: Turns) => of.map(({ perSecond }) => perSecond);
  const took = (of: Turns, share: number) =>
    quantile(
      of.flatMap((turn) => turn.took),
      share,
    );
  const against = (ratio: (other: Turns) => number) =>
    beside ? { against: beside.name, ratio: ratio(beside.turns) } : {};
  return [
    {
      name,
      value: median(rates(turns)),
      unit: "1/s",
      ...against((other) => pairedRatio(rates(turns), rates(other))),
    },
    ...[0.5, 0.99].map((share) => ({
      name: `${name}, p${share * 100}`,
      value: took(turns, share),
      unit: "ms",
      ...against((other) => took(turns, share) / took(other, share)),
    })),
  ];
}
