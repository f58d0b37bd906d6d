import { describe, expect, test } from "vitest";
import type { PlatformChoices } from "./choices.ts";
import type { Executable } from "./executable.ts";
import { checkRequest, type ExecutionRequest, type PlatformFacts } from "./request.ts";

const now = Date.UTC(2026, 10, 26, 13, 24);
const choices: PlatformChoices = {
  types: ["notebook", "carta", "headless"],
  images: [{ id: "images.canfar.net/skaha/astroml:latest", types: ["notebook", "headless"] }],
  registries: ["images.canfar.net"],
  cores: [1, 2, 4, 8],
  memoryGiB: [4, 6, 8],
  gpus: [],
  mostSessions: 3,
};
const limit = { cores: 100, memoryGiB: 400, gpus: 4 };
const canfar: PlatformFacts = { slotMinutes: 60, windowHours: 24, limit, title: "CANFAR", needsImage: true, choices };
const image = "images.canfar.net/skaha/astroml:latest";
const request: ExecutionRequest = {
  executable: { type: "notebook", image },
  resources: { cores: 2, memoryGiB: 4, gpus: 0 },
  durationSlots: 1,
  start: { kind: "now" },
};
const said = (wish: Partial<ExecutionRequest>, platform: PlatformFacts = canfar) =>
  checkRequest({ ...request, ...wish }, platform, now).map(({ field, sentence }) => `${field}: ${sentence}`);
const running = (executable: Executable, platform?: PlatformFacts) => said({ executable }, platform);

test("what the platform has is possible", () => {
  expect(said({})).toEqual([]);
  expect(running({ type: "headless", image: "images.canfar.net/mine/by-hand:1", command: "env" })).toEqual([]);
});

describe("what runs", () => {
  test("has a type that the platform has", () => {
    expect(running({ type: "firefly", image })).toEqual([
      "executable: CANFAR has no sessions of type firefly; it has notebook, carta, headless.",
    ]);
    expect(running({ type: "firefly", image }, { ...canfar, choices: null })).toEqual([]);
  });

  test("is a notebook where there is one environment only", () => {
    const machine = { ...canfar, title: "This machine", choices: null, needsImage: false, onlyNotebooks: true };
    expect(running({ type: "notebook", image: null }, machine)).toEqual([]);
    expect(running({ type: "headless", image: null }, machine)).toEqual([
      "executable: This machine runs notebooks and nothing else.",
    ]);
  });

  test("has an image where the platform needs one, whether or not its choices are known", () => {
    for (const platform of [canfar, { ...canfar, choices: null }])
      expect(running({ type: "notebook", image: null }, platform)).toEqual([
        "executable: A session on CANFAR needs an image.",
      ]);
    expect(running({ type: "notebook", image: null }, { ...canfar, needsImage: false })).toEqual([]);
  });

  test.each([
    "images.canfar.net.example.org/skaha/astroml:latest",
    "images.canfar.net",
    "images.canfar.net/",
    "docker.io/jupyter/base:1",
    "skaha/astroml:latest",
  ])("%s comes from no permitted host", (elsewhere) => {
    expect(running({ type: "notebook", image: elsewhere })).toEqual([
      "executable: An image for CANFAR begins with images.canfar.net/.",
    ]);
  });
});

describe("an amount that is not given names the nearest ones", () => {
  test.each([
    ["memoryGiB", 5, "CANFAR gives 4 or 6 GiB of memory, not 5."],
    ["memoryGiB", 1, "CANFAR gives at least 4 GiB of memory."],
    ["memoryGiB", 9, "CANFAR gives one session 8 GiB of memory at the most."],
    ["cores", 3, "CANFAR gives 2 or 4 cores, not 3."],
    ["gpus", 1, "CANFAR gives no GPUs."],
  ])("%s of %i", (name, amount, sentence) => {
    expect(said({ resources: { ...request.resources, [name]: amount } })).toEqual([`${name}: ${sentence}`]);
  });

  test("but only the least has to be given: the most is rounded down", () => {
    const resources = { cores: 7, memoryGiB: 100, gpus: 2 };
    expect(said({ resources, minResources: { cores: 1, memoryGiB: 4, gpus: 0 } })).toEqual([]);
    expect(said({ resources, minResources: { cores: 3, memoryGiB: 4, gpus: 0 } })).toEqual([
      "cores: CANFAR gives 2 or 4 cores, not 3.",
    ]);
  });

  test("what is more than the whole platform is that first", () => {
    expect(said({ resources: { cores: 101, memoryGiB: 4, gpus: 0 } })).toEqual([
      "cores: The whole platform has 100 cores; ask for no more.",
    ]);
  });
});
