import { type Footprint, footprint, type Rates } from "#lib/booking/footprint.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { kinds } from "../standard/kinds.ts";
import type { ScheduledSession } from "../standard/sessions.ts";

/** What costs and metrics are of, by the names that brokers share, with where the value comes from and what it means. */
interface Measure {
  readonly type: string;
  readonly of: (footprint: Footprint) => number;
  readonly unit: (rates: Rates) => string;
  readonly inWords: (rates: Rates) => string;
}

export const costMeasures: readonly Measure[] = [
  {
    type: "urn:ivoa:calycopis:cost:monetary",
    of: ({ money }) => money,
    unit: ({ currency }) => currency,
    inWords: ({ currency }) => `What it costs, in ${currency}.`,
  },
  {
    type: "urn:ivoa:calycopis:cost:energy",
    of: ({ energyKWh }) => energyKWh,
    unit: () => "kWh",
    inWords: () => "The electricity it takes, in kWh, by the size and the time that are booked.",
  },
  {
    type: "urn:ivoa:calycopis:cost:carbon",
    of: ({ carbonGrams }) => carbonGrams,
    unit: () => "g of CO2",
    inWords: ({ gramsPerKWh }) => `What that emits, in grams of CO2, at ${gramsPerKWh} g/kWh.`,
  },
];

export const metricMeasures: readonly Measure[] = [
  {
    type: "urn:ivoa:calycopis:metric:compute-performance",
    of: ({ score }) => score,
    unit: () => "points",
    inWords: ({ scorePerCore }) => `The platform's score of all its cores; one has ${scorePerCore}.`,
  },
  {
    type: "urn:ivoa:calycopis:metric:io-throughput",
    of: ({ ioMBps }) => ioMBps,
    unit: () => "MB/s",
    inWords: () => "What it reads and writes, in MB/s, when nobody else does.",
  },
];

/** Six digits are more than anybody knows of this. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** The costs and metrics of a session of that size over that time. Both bounds are the same: what is booked is fixed. */
export function measured(
  resources: Resources,
  durationMs: Millis,
  rates: Rates,
): Required<Pick<ScheduledSession, "costs" | "metrics">> {
  const values = footprint(resources, durationMs, rates);
  const item = ({ type, of, inWords }: Measure) => {
    const value = rounded(of(values));
    return { type, description: inWords(rates), min: value, max: value };
  };
  return {
    costs: costMeasures.map((measure) => ({ kind: kinds.cost.simple, ...item(measure) })),
    metrics: metricMeasures.map((measure) => ({ kind: kinds.metric.simple, ...item(measure) })),
  };
}
