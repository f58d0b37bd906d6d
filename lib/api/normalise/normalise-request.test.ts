import fc from "fast-check";
import { expect, test } from "vitest";
import { kinds } from "#lib/api/standard/kinds.ts";
import { inWords, isAcceptable } from "#lib/api/standard/message.ts";
import { normaliseRequest } from "./normalise-request.ts";

const TYPES = "https://www.purl.org/ivoa.net/EB/schema/types";

/** A request as they were in 2024, with most of what was different then. */
const older = {
  name: "spectra",
  description: "Two spectra beside each other.",
  executable: {
    name: "notebook",
    type: `${TYPES}/executables/jupyter-notebook-1.0`,
    location: "https://example.org/spectra.ipynb",
  },
  computer: {
    type: `${TYPES}/computer/simple-compute-resource-1.0`,
    cores: { requested: { min: 4 } },
    memory: { requested: "16GiB" },
    volumes: ["spectra"],
  },
  volumes: [
    {
      name: "spectra",
      type: `${TYPES}/volume/simple-volume-mount-1.0`,
      path: "/data/",
      mode: "ro",
      cardinality: "CONTAINER",
      resources: ["red", "blue"],
    },
  ],
  data: ["red", "blue"].map((name) => ({
    name,
    type: `${TYPES}/data/simple-data-resource-1.0`,
    location: `https://example.org/${name}.fits`,
  })),
  schedule: { requested: { duration: "PT2H", start: ["2026-09-01T20:00:00Z/PT6H"] } },
};

test("a request of 2024 is one of version 1.0 afterwards", () => {
  const { body, notes } = normaliseRequest(older);
  expect(body).toEqual({
    meta: { name: "spectra", description: "Two spectra beside each other." },
    executable: {
      kind: kinds.executable.jupyterNotebook,
      meta: { name: "notebook" },
      location: "https://example.org/spectra.ipynb",
    },
    compute: {
      kind: kinds.compute.simple,
      cores: { min: 4 },
      memory: { min: 16 },
      volumes: ["red", "blue"].map((name, index) => ({
        kind: kinds.volume.simple,
        meta: { name: `spectra-${index + 1}` },
        path: `/data/${name}`,
        mode: "READONLY",
        resource: name,
      })),
    },
    data: ["red", "blue"].map((name) => ({
      kind: kinds.data.simple,
      meta: { name },
      location: `https://example.org/${name}.fits`,
    })),
    schedule: { requested: { duration: "PT2H", start: "2026-09-01T20:00:00Z/PT6H" } },
  });
  expect(isAcceptable(notes)).toBe(true);
});

test("every note is a sentence that says the newer form, and names a place in what was sent", () => {
  for (const note of normaliseRequest({ request: older }).notes) {
    expect(note).toMatchObject({ kind: "urn:deprecated-input", level: "INFO" });
    expect(inWords(note)).toContain(note.values.instead);
    expect(inWords(note)).toMatch(/^[^{}]*\.$/);
    const found = note.values.path
      ?.split("/")
      .slice(1)
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], { request: older });
    expect(found, note.values.path).toBeDefined();
  }
});

test("a name of the request is kept without a note", () => {
  expect(normaliseRequest({ name: "a", meta: { description: "b" } })).toEqual({
    body: { meta: { description: "b", name: "a" } },
    notes: [],
  });
});

test("costs and metrics have older kinds, too; their type is no kind", () => {
  const older = "https://www.purl.org/ivoa.net/EB/schema/types/costs/simple-minmax-float-cost-1.0";
  const { body, notes } = normaliseRequest({
    costs: [{ kind: older, type: "urn:x", max: 1 }],
    metrics: [{ type: "t" }],
  });
  expect(body).toEqual({ costs: [{ kind: kinds.cost.simple, type: "urn:x", max: 1 }], metrics: [{ type: "t" }] });
  expect(notes.map(({ level, values }) => `${level} ${values.path}`)).toEqual(["INFO /costs/0/kind"]);
});

test("null is the same as absent", () => {
  const request = { executable: { kind: kinds.executable.jupyterNotebook, meta: null, spec: null }, compute: null };
  expect(normaliseRequest(request)).toEqual({
    body: { executable: { kind: kinds.executable.jupyterNotebook } },
    notes: [],
  });
});

const text = fc.string({ maxLength: 8 });
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
const range = some({ min: fc.integer(), max: fc.integer() });
const component = {
  meta: some({ uuid: fc.uuid(), name: text, description: text, created: text, options: fc.constant([]) }),
  costs: fc.array(some({ kind: fc.constant(kinds.cost.simple), type: text, min: fc.float(), description: text })),
  phase: fc.constant("WAITING"),
  schedule: fc.constant({ available: { start: "2026-09-01T09:00:00Z/PT0S", duration: "PT1H" } }),
};
const port = some({
  access: fc.boolean(),
  internal: some({ port: fc.nat() }),
  external: some({ port: fc.nat(), addresses: fc.array(text) }),
  protocol: text,
  path: text,
});
const executable = fc.oneof(
  some({
    kind: fc.constant(kinds.executable.dockerContainer),
    ...component,
    image: some({
      locations: fc.array(text),
      digest: text,
      platform: some({ architecture: text, os: text }),
    }),
    command: fc.array(text),
    entrypoint: text,
    environment: fc.dictionary(
      text.filter((name) => name !== "__proto__"),
      text,
    ),
    network: some({ ports: fc.array(port) }),
  }),
  some({
    kind: fc.constantFrom(kinds.executable.jupyterNotebook, kinds.executable.singularityContainer),
    ...component,
    location: text,
  }),
);
const volume = some({
  kind: fc.constant(kinds.volume.simple),
  meta: component.meta,
  path: text.filter((path) => !path.endsWith("/")),
  mode: fc.constantFrom("READONLY", "READWRITE"),
  resource: text,
});
const data = some({
  kind: fc.constantFrom(...Object.values(kinds.data).filter((kind) => kind !== kinds.data.rucio)),
  ...component,
  storage: text,
  location: text,
  endpoint: text,
  object: text,
  ivoa: some({ ivoid: text, obscore: some({ access_url: text }), datalink: some({ ID: text, description: text }) }),
  skao: some({ checksum: some({ type: text, value: text }), replicas: fc.array(some({ rsename: text })) }),
});
const rucio = some({
  kind: fc.constant(kinds.data.rucio),
  ...component,
  rucio: some({ endpoint: text, scope: text, object: text, type: fc.constantFrom("FILE", "DATASET") }),
});
const requestOfNow = some({
  executable,
  compute: some({
    kind: fc.constant(kinds.compute.simple),
    ...component,
    cores: range,
    memory: range,
    gpus: range,
    volumes: fc.array(volume),
  }),
  storage: fc.array(some({ kind: fc.constant(kinds.storage.simple), ...component, size: range, data: fc.array(text) })),
  data: fc.array(fc.oneof(data, rucio)),
  schedule: some({ requested: some({ duration: text, start: text }) }),
  costs: component.costs,
  metrics: fc.array(some({ kind: fc.constant(kinds.metric.simple), type: text, max: fc.float() })),
});

test("a request of version 1.0 passes unchanged, without a word", () => {
  fc.assert(
    fc.property(requestOfNow, (request) => {
      const { body, notes } = normaliseRequest(request);
      expect(notes).toEqual([]);
      expect(JSON.stringify(body)).toBe(JSON.stringify(request));
    }),
  );
});

/** Words of older shapes and of JavaScript, with anything under them. */
const words = fc.constantFrom(
  ..."request resources compute computer storage data volumes schedule requested datetime executing start duration".split(
    " ",
  ),
  ..."executable kind type spec meta name properties cores memory size units offered min max replicas windows".split(
    " ",
  ),
  ..."image tag platform platforms network ports internal external notebook file requirements lifecycle".split(" "),
  ..."path mode resource cardinality rucio endpoint domain __proto__ constructor prototype toString toJSON".split(" "),
);
const values = fc.constantFrom(
  ...[null, 0, -1.5, 1e308, "", "a", "16GiB", "P1H", "CONTAINER", "PT1H", "2026-08-14T11:30Z/T12:00Z", "linux/amd64"],
  ...["uri:amazon-s3-storage", "urn:docker-container-0.1", "urn:Rucio-data-resource", "urn:jupyter-notebook-0.1"],
  ...[kinds.compute.simple, kinds.executable.dockerContainer, kinds.executable.jupyterNotebook],
);
const { hostile } = fc.letrec<{ hostile: unknown }>((tie) => ({
  hostile: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    values,
    fc.array(tie("hostile"), { maxLength: 3 }),
    fc.dictionary(words, tie("hostile"), { maxKeys: 6 }),
  ),
}));

test("no value makes it throw, and none is changed", () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything({ withBigInt: true, withNullPrototype: true }), hostile), (body) => {
      const before = fc.stringify(body);
      const { notes } = normaliseRequest(body);
      expect(fc.stringify(body)).toBe(before);
      for (const note of notes) expect(inWords(note)).not.toMatch(/\{(used|instead|counted|name)\}/);
    }),
    { numRuns: 2000 },
  );
});

test("fields named like parts of JavaScript reach nothing", () => {
  const body = JSON.parse(
    '{"__proto__": {"computer": {}}, "constructor": {"prototype": {"polluted": true}}, "executable": {"__proto__": {"kind": "x"}}}',
  );
  const { body: read, notes } = normaliseRequest(body);
  expect(JSON.stringify(read)).toBe('{"constructor":{"prototype":{"polluted":true}},"executable":{}}');
  expect(notes).toEqual([]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("a document that never ends is cut off, and the answer is NO", () => {
  const deep = JSON.parse(`${'{"spec":'.repeat(100_000)}1${"}".repeat(100_000)}`);
  const circle: Record<string, unknown> = {};
  Object.assign(circle, { request: circle, compute: circle, executable: circle });
  for (const body of [deep, circle, Array.from({ length: 300_000 }, () => ({}))]) {
    expect(normaliseRequest(body).notes).toContainEqual(
      expect.objectContaining({ kind: "urn:input-syntax-fail", level: "ERROR" }),
    );
  }
});

test("long texts that almost look like something are read in no time", () => {
  const long = "/".repeat(500_000);
  const { notes } = normaliseRequest({
    executable: {
      kind: `${"urn:persistent-".repeat(40_000)}!`,
      image: { repository: `${long}a`, tag: " ".repeat(500_000) },
    },
    compute: {
      volumes: [{ path: `a${long}b` }],
      cores: { requested: `${"1".repeat(500_000)}!`, units: " ".repeat(500_000) },
    },
    schedule: { requested: { start: [`2026-08-14T${"0".repeat(500_000)}`, `P${"1".repeat(500_000)}`] } },
  });
  for (const { values } of notes) expect(JSON.stringify(values).length).toBeLessThan(1000);
});
