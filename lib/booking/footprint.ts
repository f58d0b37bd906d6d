import type { Resources } from "./resources.ts";
import type { Millis } from "./slot.ts";

/** What a platform costs and can do, by the unit that is booked. A platform's settings may say otherwise (`rates`). */
export interface Rates {
  /** Money for a core-hour, a GiB-hour and a GPU-hour, in `currency`. Science platforms mostly take none. */
  readonly currency: string;
  readonly perCoreHour: number;
  readonly perGiBHour: number;
  readonly perGpuHour: number;
  /** Power drawn, in watts, for all that is booked, overhead of the building included. */
  readonly wattsPerCore: number;
  readonly wattsPerGiB: number;
  readonly wattsPerGpu: number;
  /** Grams of CO2 for a kWh of the platform's electricity. */
  readonly gramsPerKWh: number;
  /** What a core does, in the platform's own score. */
  readonly scorePerCore: number;
  /** What a session reads and writes, in MB/s, when nobody else does. */
  readonly ioMBps: number;
}

/**
 * Where an operator says nothing. Memory: 0.392 W/GiB, and per core 3.5 W, the upper average of the Cloud Carbon Footprint
 * methodology (thoughtworks, 2021), each times a PUE of 1.4; GPU: 250 W board power of the usual data-centre card times the
 * same; electricity: 445 g/kWh, the world's average of 2024 (IEA, Electricity 2025). Scores: a core is 1.
 */
export const usualRates: Rates = {
  currency: "CAD",
  perCoreHour: 0,
  perGiBHour: 0,
  perGpuHour: 0,
  wattsPerCore: 4.9,
  wattsPerGiB: 0.55,
  wattsPerGpu: 350,
  gramsPerKWh: 445,
  scorePerCore: 1,
  ioMBps: 100,
};

/** What a session of that size costs over that time, and what it can do. */
export interface Footprint {
  readonly money: number;
  readonly energyKWh: number;
  readonly carbonGrams: number;
  readonly score: number;
  readonly ioMBps: number;
}

/** All costs grow with size and time, so the least that will do is the cheapest. `durationMs` may be 0. */
export function footprint({ cores, memoryGiB, gpus }: Resources, durationMs: Millis, rates: Rates): Footprint {
  const hours = durationMs / 3_600_000;
  const watts = cores * rates.wattsPerCore + memoryGiB * rates.wattsPerGiB + gpus * rates.wattsPerGpu;
  const perHour = cores * rates.perCoreHour + memoryGiB * rates.perGiBHour + gpus * rates.perGpuHour;
  const energyKWh = (watts * hours) / 1000;
  return {
    money: perHour * hours,
    energyKWh,
    carbonGrams: energyKWh * rates.gramsPerKWh,
    score: cores * rates.scorePerCore,
    ioMBps: rates.ioMBps,
  };
}

/** The rates of a platform, from its settings; checked when they were configured. */
export const ratesOf = (settings: unknown): Rates => ({
  ...usualRates,
  ...(settings as { readonly rates?: Partial<Rates> } | null)?.rates,
});
