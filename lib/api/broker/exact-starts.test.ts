import { describe, expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { inWords } from "../standard/message.ts";
import { exactStarts, extraAtOnce } from "./exact-starts.ts";
import { type PlannedPlatform, planRequest } from "./plan-request.ts";
import { readRequest } from "./read-request.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TWO = Date.UTC(2026, 10, 26, 14);
const NOW = TWO - 36 * MINUTE;

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

/** An hour of a core and a GiB: 2.43 g of CO2 when it starts with a slot, and more when it starts at once. */
function planOf(most: number, start?: string) {
  const schedule = { requested: { duration: "PT1H", ...(start && { start }) } };
  const cost = { kind: kinds.cost.simple, type: "urn:ivoa:calycopis:cost:carbon", max: most };
  const read = readRequest({ executable: { kind: kinds.executable.jupyterNotebook }, schedule, costs: [cost] });
  if (!read.ok) throw new Error(read.error[0]?.sentence);
  const { requests, messages } = planRequest(read.value, here, NOW);
  const said = messages.map((message) => `${message.level} ${inWords(message)}`);
  return { starts: requests.map((request) => request.start), said };
}

test("at once, a session has the rest of its slot, too, and of the next where there is no time left to decide", () => {
  expect(extraAtOnce(here, NOW)).toBe(36 * MINUTE);
  expect(extraAtOnce(here, TWO)).toBe(HOUR);
  expect(extraAtOnce(here, TWO - 10_000)).toBe(HOUR + 10_000);
});

test("the exact starts are those from the next slot on", () => {
  expect(exactStarts([{ kind: "now" }], here, NOW)).toEqual([{ kind: "window", from: TWO, until: TWO + 23 * HOUR }]);
  const later = { kind: "window", from: TWO + HOUR, until: TWO + 2 * HOUR } as const;
  expect(exactStarts([later], here, NOW)).toEqual([later]);
  expect(exactStarts([{ ...later, from: NOW, until: TWO - 1 }], here, NOW)).toEqual([]);
});

describe("whoever allows only so much", () => {
  test("may start at once while that is enough for the rest of the slot, too", () => {
    expect(planOf(4)).toEqual({ starts: [{ kind: "now" }], said: [] });
  });

  test("starts with a slot when it is not, and is told why", () => {
    const { starts, said } = planOf(3);
    expect(starts).toEqual([{ kind: "window", from: TWO, until: TWO + 23 * HOUR }]);
    expect(said).toEqual([expect.stringMatching(/^INFO On This machine .* offers start with a slot/)]);
  });

  test("is told no when it would have to start before the next slot", () => {
    const { starts, said } = planOf(3, "2026-11-26T13:20:00Z/PT30M");
    expect(starts).toEqual([]);
    expect(said.at(-1)).toMatch(/^ERROR On This machine .* it can start no later/);
  });

  test("is told nothing of it when the start lies later anyway, and no when nothing will do", () => {
    expect(planOf(3, "2026-11-26T15:00:00Z/PT2H").said).toEqual([]);
    // In the running slot, but not at once: no slot begins there, and who hands out the offers says so.
    const inSlot = { kind: "window", from: NOW + 60_000, until: NOW + 120_000 } as const;
    expect(exactStarts([inSlot], here, NOW)).toEqual([inSlot]);
    expect(planOf(2).said).toEqual([
      "ERROR On This machine it would cost 2.42525 g of CO2, which is more than the 2 g of CO2 of /costs/0/max.",
    ]);
  });
});
