import { describe, expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { inWords, isAcceptable } from "../standard/message.ts";
import { readRequest } from "./read-request.ts";

const notebook = { kind: kinds.executable.jupyterNotebook };
const compute = { kind: kinds.compute.simple };

const UUID = "0199c0de-0000-7000-8000-00000000000a";
/** Half a minute to start in, so many seconds after an hour. */
const window = (second: number) => `${new Date(Date.UTC(2026, 10, 27, 8) + second * 1000).toISOString()}/PT30S`;

/** What is said to a request that can be read, by kind and place. */
function said(body: object) {
  const read = readRequest(body);
  if (!read.ok) throw new Error(read.error.map(({ sentence }) => sentence).join(" "));
  const { messages } = read.value;
  for (const message of messages) expect(inWords(message)).not.toMatch(/\{\w+\}/);
  return messages.map(({ kind, level, values }) => `${level} ${kind} ${values.path}`);
}
const errors = (body: object) => said(body).filter((line) => line.startsWith("ERROR"));

describe("a request that is understood", () => {
  test("the smallest one says what to run, and is told what it gets for the rest", () => {
    expect(said({ executable: notebook })).toEqual([
      "INFO urn:default-used /compute",
      "INFO urn:default-used /schedule/requested/duration",
      "INFO urn:default-used /schedule/requested/start",
    ]);
  });

  test("amounts and times are read, with what is usual for what is missing", () => {
    const schedule = { requested: { duration: "PT90M", start: "2026-11-27T08:00:00Z/PT4H" } };
    const read = readRequest({ executable: notebook, compute: { ...compute, cores: { min: 2, max: 4 } }, schedule });
    expect(read).toMatchObject({
      ok: true,
      value: {
        amounts: { least: { cores: 2, memoryGiB: 1, gpus: 0 }, most: { cores: 4, memoryGiB: 1, gpus: 0 } },
        schedule: {
          durationMs: 5_400_000,
          windows: [{ from: Date.UTC(2026, 10, 27, 8), until: Date.UTC(2026, 10, 27, 12) }],
        },
      },
    });
  });

  test("a field that nobody knows is not looked at, and named", () => {
    const lines = said({ executable: { ...notebook, colour: "red" }, extra: { a: 1 } });
    expect(lines).toContain("WARN urn:unknown-field /executable/colour");
    expect(lines).toContain("WARN urn:unknown-field /extra");
  });

  test("of ten thousand fields that nobody knows some are named, and the others counted", () => {
    const extra = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, index]));
    const lines = said({ executable: notebook, ...extra }).filter((line) => line.includes("unknown-field"));
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([
      51,
      "WARN urn:unknown-field /x0",
      "WARN urn:unknown-field /",
    ]);
  });

  test("windows of an older list that overlap are asked for once", () => {
    const start = Array.from({ length: 15_000 }, (_, index) => window((index % 3) * 3600 + (index % 20)));
    const read = readRequest({ executable: notebook, schedule: { requested: { start } } });
    expect(read.ok && read.value.schedule.windows?.length).toBe(3);
  });

  test("arguments that are numbers are text", () => {
    const executable = {
      kind: kinds.executable.dockerContainer,
      image: { locations: ["x/y:1"] },
      command: ["--n", 12],
    };
    const read = readRequest({ executable });
    expect(read.ok && read.value.request.executable).toMatchObject({ command: ["--n", "12"] });
  });
});

describe("a request that is answered with NO", () => {
  test.each([
    ["it does not say what to run", {}, "urn:executable-required /executable"],
    [
      "a kind that the standard does not have",
      { executable: { kind: "urn:java" } },
      "urn:unknown-kind /executable/kind",
    ],
    [
      "a component without a kind",
      { executable: notebook, data: [{ location: "x" }] },
      "urn:missing-required-value /data/0/kind",
    ],
    [
      "no core at all",
      { executable: notebook, compute: { ...compute, cores: { min: 0 } } },
      "urn:invalid-value /compute/cores/min",
    ],
    [
      "less than nothing",
      { executable: notebook, compute: { ...compute, gpus: { min: -1 } } },
      "urn:invalid-value /compute/gpus/min",
    ],
    [
      "a least above its most",
      { executable: notebook, compute: { ...compute, memory: { min: 8, max: 4 } } },
      "urn:invalid-value /compute/memory",
    ],
    [
      "a duration that is none",
      { executable: notebook, schedule: { requested: { duration: "P1H" } } },
      "urn:input-syntax-fail /schedule/requested/duration",
    ],
    [
      "a start that is no interval",
      { executable: notebook, schedule: { requested: { start: "2026-08-14T11:30Z" } } },
      "urn:input-syntax-fail /schedule/requested/start",
    ],
    [
      "a volume of something that is not there",
      {
        executable: notebook,
        compute: { ...compute, volumes: [{ kind: kinds.volume.simple, path: "a", resource: "b" }] },
      },
      "urn:resource-not-found /compute/volumes/0/resource",
    ],
    [
      "a mode that there is not",
      {
        executable: notebook,
        compute: { ...compute, volumes: [{ kind: kinds.volume.simple, mode: "WRITE", resource: "a" }] },
        data: [{ kind: kinds.data.simple, meta: { name: "a" } }],
      },
      "urn:invalid-value /compute/volumes/0/mode",
    ],
    [
      "a type of object that there is not",
      { executable: notebook, data: [{ kind: kinds.data.skao, skao: { objecttype: "file" } }] },
      "urn:invalid-value /data/0/skao/objecttype",
    ],
    [
      "a kind of cost of the compute that the standard does not have",
      { executable: notebook, compute: { ...compute, costs: [{ kind: "urn:cost" }] } },
      "urn:unknown-kind /compute/costs/0/kind",
    ],
    [
      "a kind of metric of the data that the standard does not have",
      { executable: notebook, data: [{ kind: kinds.data.simple, metrics: [{ kind: "urn:metric" }] }] },
      "urn:unknown-kind /data/0/metrics/0/kind",
    ],
    [
      "a cost of the compute that nobody can measure",
      { executable: notebook, compute: { ...compute, costs: [{ kind: kinds.cost.simple, type: "urn:beauty" }] } },
      "urn:not-supported /compute/costs/0/type",
    ],
    [
      "a bound of what costs nothing by itself",
      { executable: { ...notebook, costs: [{ kind: kinds.cost.simple, type: "urn:x", max: 1 }] } },
      "urn:not-supported /executable/costs",
    ],
    [
      "more windows than can be asked for",
      {
        executable: notebook,
        schedule: { requested: { start: Array.from({ length: 15_000 }, (_, index) => window(index * 600)) } },
      },
      "urn:resource-limit /schedule/requested/start",
    ],
    [
      "a name that is the uuid of another",
      {
        executable: notebook,
        data: [
          { kind: kinds.data.simple, meta: { name: UUID } },
          { kind: kinds.data.simple, meta: { uuid: UUID } },
        ],
        storage: [{ kind: kinds.storage.simple, data: [UUID] }],
      },
      "urn:duplicate-resource /storage/0/data/0",
    ],
    [
      "two of one uuid",
      {
        executable: notebook,
        data: [UUID, UUID.toUpperCase()].map((uuid) => ({ kind: kinds.data.simple, meta: { uuid } })),
      },
      "urn:duplicate-resource /data/1/meta/uuid",
    ],
    [
      "two of one name",
      {
        executable: notebook,
        data: [{ kind: kinds.data.simple, meta: { name: "a" } }],
        storage: [{ kind: kinds.storage.simple, meta: { name: "a" } }],
      },
      "urn:duplicate-resource /storage/0/meta/name",
    ],
    [
      "a cost that nobody can measure",
      { executable: notebook, costs: [{ kind: kinds.cost.simple, type: "urn:beauty", max: 1 }] },
      "urn:not-supported /costs/0/type",
    ],
  ])("%s", (_, body, expected) => {
    expect(errors(body)).toContain(`ERROR ${expected}`);
  });

  test("data that two storages keep", () => {
    const storage = ["one", "two"].map((name) => ({ kind: kinds.storage.simple, meta: { name }, data: ["a"] }));
    const data = [{ kind: kinds.data.simple, meta: { name: "a" }, location: "https://example.org/a" }];
    expect(errors({ executable: notebook, data, storage })).toEqual(["ERROR urn:bad-value /storage/1/data/0"]);
    expect(errors({ executable: notebook, data, storage: storage.slice(0, 1) })).toEqual([]);
  });

  test("a bound of a kind that has none, which would be lost", () => {
    const costs = [{ kind: kinds.cost.abstract, type: "urn:ivoa:calycopis:cost:carbon", max: 3 }];
    const metrics = [
      { kind: kinds.metric.abstract, type: "urn:ivoa:calycopis:metric:compute-performance", min: 1, colour: "red" },
    ];
    expect(errors({ executable: notebook, costs, compute: { ...compute, metrics } })).toEqual([
      "ERROR urn:unknown-field /compute/metrics/0/min",
      "ERROR urn:unknown-field /costs/0/max",
    ]);
  });

  test("more components than a session can have", () => {
    const data = Array.from({ length: 40 }, (_, index) => ({ kind: kinds.data.simple, meta: { name: `d${index}` } }));
    expect(errors({ executable: notebook, data })).toEqual(["ERROR urn:resource-limit /"]);
  });

  test("more names than a session has components, which are not looked up one by one", () => {
    const data = Array.from({ length: 20_000 }, () => ({ kind: kinds.data.simple, meta: { name: "a" } }));
    const storage = [{ kind: kinds.storage.simple, data: Array.from({ length: 20_000 }, () => "a") }];
    expect(errors({ executable: notebook, data, storage })).toEqual([
      "ERROR urn:resource-limit /",
      "ERROR urn:resource-limit /storage",
    ]);
    const costs = Array.from({ length: 20_000 }, () => ({ kind: kinds.cost.simple, type: "urn:x" }));
    expect(errors({ executable: notebook, compute: { ...compute, costs } })).toEqual(["ERROR urn:resource-limit /"]);
  });

  test("a field of an older request that nobody knows any more is a no where it may change what runs, and a warning elsewhere", () => {
    const older = { name: "n", type: kinds.compute.simple, cores: { requested: 2 } };
    const described = { kind: kinds.data.ivoa, ivoa: { obscore: { access_url: "https://example.org/a", s_ra: 10 } } };
    expect(said({ executable: notebook, compute: { ...older, extras: ["gpu"] }, authentication: {} })).toEqual(
      expect.arrayContaining(["ERROR urn:unknown-field /compute/extras", "WARN urn:unknown-field /authentication"]),
    );
    expect(errors({ executable: notebook, compute: { ...older, meta: { colour: 1 } }, data: [described] })).toEqual([]);
    expect(errors({ executable: notebook, compute: older, schedule: { requested: { soon: true } } })).toHaveLength(1);
    // In a request of today it is only a warning.
    expect(errors({ executable: notebook, compute: { ...compute, extras: ["gpu"] } })).toEqual([]);
  });

  test("the oldest shape has a field for each end of an amount", () => {
    const body = {
      executable: notebook,
      resources: {
        compute: [{ name: "c", spec: { mincores: 8, maxcores: 16, minmemory: 12 } }],
        storage: [{ name: "s", minsize: 5 }],
      },
      schedule: {
        requested: { datetime: [{ start: "2026-11-27T08:00:00Z/PT4H", minduration: "PT30M", maxduration: "PT2H" }] },
      },
    };
    const read = readRequest(body);
    if (!read.ok) throw new Error(read.error[0]?.sentence);
    expect(read.value.amounts).toMatchObject({ least: { cores: 8, memoryGiB: 12 }, most: { cores: 16 } });
    expect(read.value.schedule).toMatchObject({ durationMs: 1_800_000, mostMs: 7_200_000, windows: [{}] });
  });

  test("the phase and the schedule of a component are for answers, and that is said", () => {
    const schedule = { available: { start: "2030-01-01T00:00:00Z/PT0S", duration: "PT9H" } };
    expect(said({ executable: { ...notebook, phase: "AVAILABLE" }, compute: { ...compute, schedule } })).toEqual(
      expect.arrayContaining(["WARN urn:unknown-field /executable/phase", "WARN urn:unknown-field /compute/schedule"]),
    );
  });

  test("what is wrong is said of its place in what was sent", () => {
    const data = [{ kind: "urn:y" }, { kind: kinds.data.simple, storage: "s", colour: "red" }];
    const lines = said({
      request: { executable: notebook, resources: { compute: { ...compute, cores: { min: 0 } } }, data },
    });
    expect(lines).toContain("ERROR urn:unknown-kind /request/data/0/kind");
    expect(lines).toContain("ERROR urn:resource-not-found /request/data/1/storage");
    expect(lines).toContain("ERROR urn:unknown-field /request/data/1/colour");
    expect(lines).toContain("ERROR urn:invalid-value /request/resources/compute/cores/min");
    const read = readRequest({ request: { data: [{ kind: "urn:y" }, { kind: kinds.data.simple, location: 5 }] } });
    expect(read.ok ? null : read.error[0]).toMatchObject({
      path: "/request/data/1/location",
      sentence: expect.stringMatching(/^\/request\/data\/1\/location: /),
    });
  });

  test("long pieces of it are repeated in part only", () => {
    const long = "x".repeat(100_000);
    const read = readRequest({
      executable: { kind: long },
      compute: { ...compute, volumes: [{ kind: kinds.volume.simple, mode: long, resource: long }] },
      data: [
        { kind: kinds.data.simple, meta: { name: long }, storage: long },
        { kind: kinds.data.simple, meta: { name: long } },
      ],
      schedule: { requested: { duration: long, start: long } },
      costs: [{ kind: kinds.cost.simple, type: long }],
      [long]: 1,
    });
    if (!read.ok) throw new Error(read.error[0]?.sentence);
    expect(read.value.messages.length).toBeGreaterThan(7);
    for (const message of read.value.messages) expect(inWords(message).length).toBeLessThan(1_000);
  });

  test("all that is wrong is said at once", () => {
    const body = {
      executable: { kind: "urn:x" },
      compute: { ...compute, cores: { min: -1 } },
      data: [{ kind: "urn:y" }],
    };
    expect(errors(body)).toHaveLength(3);
  });
});

describe("a body that cannot be read", () => {
  test.each([
    [
      "text for a number",
      { executable: notebook, compute: { ...compute, cores: { min: "four" } } },
      "/compute/cores/min",
    ],
    ["a list for an object", { executable: [] }, "/executable"],
    [
      "a number that JSON cannot hold",
      { executable: notebook, compute: { ...compute, cores: { min: 2 ** 53 } } },
      "/compute/cores/min",
    ],
  ])("%s is an error that names the place", (_, body, path) => {
    const read = readRequest(body);
    expect(read.ok ? null : read.error[0]?.path).toBe(path);
  });
});

test("what is answered with NO is not acceptable, a warning is", () => {
  const read = readRequest({ executable: notebook, extra: 1 });
  expect(read.ok && isAcceptable(read.value.messages)).toBe(true);
});
