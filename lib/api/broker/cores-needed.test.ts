import { expect, test } from "vitest";
import { usualRates } from "#lib/booking/footprint.ts";
import { kinds } from "../standard/kinds.ts";
import { coresNeeded } from "./cores-needed.ts";
import { type PlannedPlatform, planRequest } from "./plan-request.ts";
import { readRequest } from "./read-request.ts";

const performance = (min?: number) => ({
  kind: kinds.metric.simple,
  type: "urn:ivoa:calycopis:metric:compute-performance",
  min,
});
const throughput = { kind: kinds.metric.simple, type: "urn:ivoa:calycopis:metric:io-throughput", min: 50 };

test("whoever needs a performance needs as many cores as reach it on that platform", () => {
  expect(coresNeeded({}, usualRates)).toBe(0);
  expect(coresNeeded({ metrics: [throughput, performance()] }, usualRates)).toBe(0);
  expect(coresNeeded({ metrics: [performance(3), performance(4)] }, usualRates)).toBe(4);
  expect(coresNeeded({ metrics: [performance(4)] }, { ...usualRates, scorePerCore: 1.5 })).toBe(3);
  expect(coresNeeded({ metrics: [performance(2.1)] }, { ...usualRates, scorePerCore: 0.7 })).toBe(3);
});

const here: PlannedPlatform = {
  title: "This machine",
  settings: {},
  launchSeconds: 600,
  prepareSeconds: 120,
  slotMinutes: 60,
  windowHours: 24,
  limit: { cores: 8, memoryGiB: 32, gpus: 0 },
  onlyNotebooks: true,
  needsImage: false,
};

/** How many cores are asked for; or null, when it is refused. */
function coresAskedFor(cores: object, score: number): number | null {
  const read = readRequest({
    executable: { kind: kinds.executable.jupyterNotebook },
    compute: { kind: kinds.compute.simple, cores },
    metrics: [performance(score)],
  });
  if (!read.ok) throw new Error(read.error[0]?.sentence);
  return planRequest(read.value, here, Date.UTC(2026, 10, 26, 13, 24)).requests[0]?.minResources?.cores ?? null;
}

test("more cores than the least are asked for where that reaches it, and never more than can be used", () => {
  expect(coresAskedFor({ min: 1, max: 8 }, 4)).toBe(4);
  expect(coresAskedFor({ min: 6, max: 8 }, 4)).toBe(6);
  expect(coresAskedFor({ min: 1, max: 3 }, 4)).toBeNull();
  expect(coresAskedFor({ min: 1 }, 4)).toBeNull();
});
