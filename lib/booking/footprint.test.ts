import fc from "fast-check";
import { expect, test } from "vitest";
import { footprint, ratesOf, usualRates } from "./footprint.ts";

const HOUR = 3_600_000;
const size = fc.record({
  cores: fc.integer({ min: 1, max: 64 }),
  memoryGiB: fc.integer({ min: 1, max: 512 }),
  gpus: fc.nat(8),
});

test("two cores and four GiB for an hour take so much electricity, and cost nothing where nobody asks for money", () => {
  const { money, energyKWh, carbonGrams, score } = footprint({ cores: 2, memoryGiB: 4, gpus: 0 }, HOUR, usualRates);
  expect(money).toBe(0);
  expect(energyKWh).toBeCloseTo((2 * 4.9 + 4 * 0.55) / 1000, 9);
  expect(carbonGrams).toBeCloseTo(energyKWh * 445, 9);
  expect(score).toBe(2);
});

test("what is larger or longer never costs less, so the least that will do is the cheapest", () => {
  const rates = { ...usualRates, perCoreHour: 0.05, perGiBHour: 0.01, perGpuHour: 1 };
  fc.assert(
    fc.property(size, size, fc.nat(24 * HOUR), fc.nat(24 * HOUR), (one, more, durationMs, longerMs) => {
      const larger = {
        cores: one.cores + more.cores,
        memoryGiB: one.memoryGiB + more.memoryGiB,
        gpus: one.gpus + more.gpus,
      };
      const [small, large] = [footprint(one, durationMs, rates), footprint(larger, durationMs + longerMs, rates)];
      for (const name of ["money", "energyKWh", "carbonGrams", "score"] as const) {
        expect(large[name]).toBeGreaterThanOrEqual(small[name]);
      }
    }),
  );
});

test("a platform's settings say what is not usual there", () => {
  expect(ratesOf({})).toEqual(usualRates);
  expect(ratesOf(null)).toEqual(usualRates);
  expect(ratesOf({ url: "x", rates: { gramsPerKWh: 2, currency: "EUR" } })).toMatchObject({
    gramsPerKWh: 2,
    currency: "EUR",
    wattsPerCore: usualRates.wattsPerCore,
  });
});
