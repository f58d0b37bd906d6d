import { describe, expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { inWords } from "../standard/message.ts";
import { type PlannedPlatform, planRequest } from "./plan-request.ts";
import { readRequest } from "./read-request.ts";

const NOW = Date.UTC(2026, 10, 26, 13, 24);
const HOUR = 3_600_000;
const notebook = { kind: kinds.executable.jupyterNotebook };
const image = { locations: ["images.example.org/skaha/astroml:26.11"] };
const container = { kind: kinds.executable.dockerContainer, image };

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
const canfar: PlannedPlatform = {
  ...here,
  title: "CANFAR",
  onlyNotebooks: false,
  needsImage: true,
  choices: {
    types: ["notebook", "carta", "headless"],
    images: [
      { id: "images.example.org/skaha/carta:5", types: ["carta"] },
      { id: "images.example.org/skaha/astroml:26.11", types: ["notebook", "headless"] },
    ],
    registries: ["images.example.org"],
    cores: [1, 2, 4, 8],
    memoryGiB: [2, 4, 8, 16],
    gpus: [],
    mostSessions: 3,
  },
};

function planOf(body: object, platform = here, now = NOW) {
  const read = readRequest(body);
  if (!read.ok) throw new Error(read.error[0]?.sentence);
  const plan = planRequest(read.value, platform, now);
  for (const message of plan.messages) expect(inWords(message)).not.toMatch(/\{\w+\}/);
  const lines = plan.messages.map(({ kind, level, values }) => `${level} ${kind} ${values.path}`);
  return { ...plan, lines, first: plan.requests[0] };
}

describe("what runs", () => {
  test("a notebook runs in the platform's own environment, or in the first image that has notebooks", () => {
    expect(planOf({ executable: notebook }).first?.executable).toEqual({ type: "notebook", image: null });
    const there = planOf({ executable: notebook }, canfar);
    expect(there.first?.executable).toEqual({ type: "notebook", image: "images.example.org/skaha/astroml:26.11" });
    expect(there.lines).toContain("INFO urn:default-used /executable/kind");
  });

  test("an image runs as what the platform says it is; with a command it is a program", () => {
    const carta = { ...container, image: { locations: ["images.example.org/skaha/carta:5"] } };
    expect(planOf({ executable: carta }, canfar).first?.executable).toMatchObject({ type: "carta" });
    const program = { ...container, entrypoint: "python", command: ["fit.py", "--all"], environment: { FIELD: "M33" } };
    expect(planOf({ executable: program }, canfar).first?.executable).toEqual({
      type: "headless",
      image: image.locations[0],
      command: "python",
      args: "fit.py --all",
      environment: { FIELD: "M33" },
    });
  });

  test("of several places of an image the first that the platform lists is taken, or else one at a host of its own", () => {
    const [listed = ""] = image.locations;
    const at = (...locations: string[]) => planOf({ executable: { ...container, image: { locations } } }, canfar);
    const two = at("ghcr.example.org/x/app:1", listed);
    expect(two.first?.executable).toMatchObject({ image: listed });
    expect(two.lines).toContain("INFO urn:default-used /executable/image/locations");
    const own = at("ghcr.example.org/x/app:1", "images.example.org/x/app:1");
    expect(own.first?.executable).toMatchObject({ image: "images.example.org/x/app:1" });
    expect(own.lines).toContain("INFO urn:default-used /executable/image/locations/1");
    expect(at(listed).lines).not.toContain("INFO urn:default-used /executable/image/locations");
  });

  test("a size that somebody has made up is a no, however large", () => {
    for (const access_estsize of [1e17, 1e20, 1e305, 1e308]) {
      const ivoa = { obscore: { access_url: "https://example.org/a", access_estsize } };
      const { lines } = planOf({ executable: notebook, data: [{ kind: kinds.data.ivoa, ivoa }] });
      expect(lines.filter((line) => line.startsWith("ERROR"))).not.toEqual([]);
    }
  });

  test("a program has no page, so access to a port of it is refused", () => {
    const ports = [{ access: true, protocol: "HTTP" }];
    const served = { ...container, network: { ports } };
    expect(planOf({ executable: { ...served, command: ["serve"] } }, canfar).lines).toContain(
      "ERROR urn:not-supported /executable/network/ports/0",
    );
    const notebooks = { ...served, image: { locations: ["images.example.org/skaha/astroml:26.11"] } };
    expect(planOf({ executable: notebooks }, canfar).lines).toContain(
      "WARN urn:not-supported /executable/network/ports/0",
    );
  });

  test("no variables at all do not make a program of a notebook's image", () => {
    const both = { ...container, image: { locations: ["images.example.org/skaha/astroml:26.11"] }, environment: {} };
    expect(planOf({ executable: both }, canfar).first?.executable).toEqual({
      type: "notebook",
      image: "images.example.org/skaha/astroml:26.11",
    });
  });

  test("addresses are handed on as they are fetched", () => {
    const executable = { ...notebook, location: "https://example.org/my fit é.ipynb" };
    const data = [{ kind: kinds.data.simple, location: "https://example.org/M 31.fits" }];
    expect(planOf({ executable, data }).first?.executable).toMatchObject({
      notebook: "https://example.org/my%20fit%20%C3%A9.ipynb",
      files: [{ urls: ["https://example.org/M%2031.fits"] }],
    });
  });

  test("long pieces of the request are repeated in part only", () => {
    const long = "x".repeat(100_000);
    for (const [executable, platform] of [
      [{ ...notebook, location: long }, here],
      [{ ...container, image: { locations: [long], platform: { os: long } }, command: [`a ${long}`] }, canfar],
      [{ ...container, image: { locations: [long] } }, canfar],
    ] as const) {
      const { messages } = planOf({ executable }, platform);
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) expect(inWords(message).length).toBeLessThan(1_000);
    }
  });

  test.each([
    [
      "a notebook at an address without slashes",
      { ...notebook, location: "http:example.org/x" },
      here,
      "urn:bad-value /executable/location",
    ],
    ["an image, on this machine", container, here, "urn:not-supported /executable/kind"],
    [
      "a Singularity image",
      { kind: kinds.executable.singularityContainer },
      canfar,
      "urn:not-supported /executable/kind",
    ],
    ["no image at all", { ...container, image: {} }, canfar, "urn:missing-required-value /executable/image/locations"],
    ["a privileged one", { ...container, privileged: true }, canfar, "urn:not-supported /executable/privileged"],
    [
      "one by its digest",
      { ...container, image: { ...image, digest: "sha256:1" } },
      canfar,
      "urn:not-supported /executable/image/digest",
    ],
    [
      "one for other machines",
      { ...container, image: { ...image, platform: { architecture: "arm64" } } },
      canfar,
      "urn:not-supported /executable/image/platform",
    ],
    ["an argument with a space", { ...container, command: ["a b"] }, canfar, "urn:not-supported /executable/command/0"],
    [
      "a port for something else than the web",
      { ...container, network: { ports: [{ access: true, protocol: "UDP" }] } },
      canfar,
      "urn:not-supported /executable/network/ports/0",
    ],
    [
      "a notebook of a file",
      { ...notebook, location: "file:///etc/passwd" },
      here,
      "urn:bad-value /executable/location",
    ],
    [
      "a notebook with a password",
      { ...notebook, location: "https://me:secret@x.org/a.ipynb" },
      here,
      "urn:bad-value /executable/location",
    ],
  ])("%s is refused with the reason", (_, executable, platform, expected) => {
    const plan = planOf({ executable }, platform);
    expect(plan.requests).toEqual([]);
    expect(plan.lines).toContain(`ERROR ${expected}`);
  });
});

describe("how big", () => {
  const sized = (compute: object, platform = here) =>
    planOf({ executable: notebook, compute: { kind: kinds.compute.simple, ...compute } }, platform);

  test("no more than the least, unless more is said to be of use", () => {
    expect(sized({ cores: { min: 2 } }).first).toMatchObject({
      resources: { cores: 2, memoryGiB: 1, gpus: 0 },
      minResources: { cores: 2, memoryGiB: 1, gpus: 0 },
    });
    expect(sized({ cores: { min: 2, max: 6 } }).first).toMatchObject({
      resources: { cores: 6 },
      minResources: { cores: 2 },
    });
  });

  test("amounts that the platform does not give become the next it gives", () => {
    expect(sized({ cores: { min: 3 }, memory: { min: 5 } }, canfar).first?.minResources).toEqual({
      cores: 4,
      memoryGiB: 8,
      gpus: 0,
    });
  });

  test("a most beyond the whole platform is cut, with a warning", () => {
    expect(sized({ cores: { min: 1, max: 99 } }).lines).toContain("WARN urn:resource-limit /compute/cores/max");
  });
});

describe("when", () => {
  const timed = (requested: object, now = NOW) => planOf({ executable: notebook, schedule: { requested } }, here, now);

  test("a duration becomes whole slots, and that is said", () => {
    const plan = timed({ duration: "PT90M" });
    expect(plan.first?.durationSlots).toBe(2);
    expect(plan.lines).toContain("INFO urn:default-used /schedule/requested/duration");
    expect(timed({ duration: "PT2H" }).lines).toEqual([]);
  });

  test("without a start it is as soon as can be; a window that has begun is what is left of it", () => {
    expect(timed({}).first?.start).toEqual({ kind: "now" });
    const plan = timed({ start: "2026-11-26T12:00:00Z/PT4H" });
    expect(plan.first?.start).toEqual({ kind: "window", from: NOW, until: Date.UTC(2026, 10, 26, 16) });
    expect(plan.lines).toContain("INFO urn:outside-window /schedule/requested/start");
  });

  test("a window that is over is a NO", () => {
    const plan = timed({ start: "2026-11-26T08:00:00Z/PT1H" });
    expect(plan.requests).toEqual([]);
    expect(plan.lines).toContain("ERROR urn:outside-window /schedule/requested/start");
  });

  test("several windows, as older clients have them, are tried one after the other", () => {
    const start = ["2026-11-26T15:00:00Z/PT1H", "2026-11-26T20:00:00Z/PT1H"];
    expect(timed({ start }).requests.map((request) => request.start)).toEqual([
      { kind: "window", from: NOW + 1.6 * HOUR, until: NOW + 2.6 * HOUR },
      { kind: "window", from: NOW + 6.6 * HOUR, until: NOW + 7.6 * HOUR },
    ]);
  });
});

describe("what it may cost, and must perform", () => {
  const carbon = (max: number) => [{ kind: kinds.cost.simple, type: "urn:ivoa:calycopis:cost:carbon", max }];
  const score = (min: number) => [
    { kind: kinds.metric.simple, type: "urn:ivoa:calycopis:metric:compute-performance", min },
  ];
  const compute = { kind: kinds.compute.simple, cores: { min: 2, max: 4 }, memory: { min: 4 } };

  test("what stays within is asked for as small as will do", () => {
    const plan = planOf({ executable: notebook, compute, costs: carbon(10), metrics: score(2) });
    expect(plan.first?.resources).toEqual({ cores: 2, memoryGiB: 4, gpus: 0 });
  });

  test("bounds of the compute are bounds of the session", () => {
    const within = { ...compute, costs: carbon(10), metrics: score(3) };
    expect(planOf({ executable: notebook, compute: within }).first?.resources).toEqual({
      cores: 3,
      memoryGiB: 4,
      gpus: 0,
    });
    expect(planOf({ executable: notebook, compute: { ...compute, costs: carbon(1) } }).lines).toEqual([
      "ERROR urn:constraint-not-met /compute/costs/0/max",
    ]);
    expect(planOf({ executable: notebook, compute: { ...compute, metrics: score(5) } }).lines).toEqual([
      "ERROR urn:constraint-not-met /compute/metrics/0/min",
    ]);
  });

  test("what cannot stay within is a NO that says by how much", () => {
    const dear = planOf({ executable: notebook, compute, costs: carbon(1) });
    expect([dear.requests, dear.lines]).toEqual([[], ["ERROR urn:constraint-not-met /costs/0/max"]]);
    expect(planOf({ executable: notebook, compute, metrics: score(5) }).lines).toEqual([
      "ERROR urn:constraint-not-met /metrics/0/min",
    ]);
  });
});
