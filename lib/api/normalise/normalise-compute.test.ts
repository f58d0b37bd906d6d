import { expect, test } from "vitest";
import { kinds } from "#lib/api/standard/kinds.ts";
import { isAcceptable } from "#lib/api/standard/message.ts";
import { normaliseRequest } from "./normalise-request.ts";

const kind = kinds.compute.simple;
const volumeKind = kinds.volume.simple;
const errorsOf = (body: unknown) => normaliseRequest(body).notes.filter(({ level }) => level === "ERROR");

test.each<object>([
  { computer: { kind, cores: { min: 2 } } },
  { resources: { compute: [{ kind, cores: { min: 2 } }] } },
  { resources: { compute: { kind, cores: { min: 2 } } } },
  { resources: { computer: { cores: { min: 2 } } } },
  { compute: [{ kind, cores: { min: 2 }, replicas: 1 }] },
  { compute: { type: "urn:simple-compute-resource-0.1", spec: { cores: { requested: { min: 2 }, offered: {} } } } },
  { compute: { cores: { requested: 2 } } },
  { compute: { kind, cores: { min: 1.5 } } },
  { request: { compute: { cores: { min: 2 } } } },
])("%j asks for two cores", (older) => {
  const { body, notes } = normaliseRequest(older);
  expect(body).toEqual({ compute: { kind, cores: { min: 2 } } });
  expect(notes.length).toBeGreaterThan(0);
  expect(isAcceptable(notes)).toBe(true);
});

test("a compute without a kind stays without one in a request of version 1.0", () => {
  const request = { compute: { cores: { min: 2 }, volumes: [{ path: "/in", resource: "a" }] } };
  expect(normaliseRequest(request)).toEqual({ body: request, notes: [] });
});

test("several computes or replicas are not supported", () => {
  for (const compute of [[{ kind }, { kind }], { kind, replicas: 2 }, { kind, replicas: "many" }]) {
    expect(errorsOf({ compute })).toMatchObject([{ kind: "urn:not-supported" }]);
  }
  expect(errorsOf({ resources: { compute: [{ kind }, { kind }] } })).toMatchObject([
    { values: { path: "/resources/compute", used: "2" } },
  ]);
});

const volumesOf = (...volumes: unknown[]) => ({ compute: { kind, volumes } });

test.each<[object, object[]]>([
  [{ mode: "rw", path: "/in", resource: "a" }, [{ mode: "READWRITE", path: "/in", resource: "a" }]],
  [{ mode: "r", path: "/in", resource: "a" }, [{ mode: "READONLY", path: "/in", resource: "a" }]],
  [{ mode: "ro", path: "/in", resource: "a" }, [{ mode: "READONLY", path: "/in", resource: "a" }]],
  [{ mode: "readonly", path: "/in", resource: "a" }, [{ mode: "READONLY", path: "/in", resource: "a" }]],
  [{ filepath: "/in", resource: "a" }, [{ path: "/in", resource: "a" }]],
  [{ path: "/in/", resource: "a" }, [{ path: "/in", resource: "a" }]],
  [{ path: "/in", resources: ["a"] }, [{ path: "/in", resource: "a" }]],
  [{ path: "/in", resources: ["a"], cardinality: "INSTANCE" }, [{ path: "/in", resource: "a" }]],
  [{ path: "/in", resources: ["a"], cardinality: "CONTAINER" }, [{ path: "/in/a", resource: "a" }]],
  [
    { path: "/in/", resources: ["a", "b"], meta: { name: "v" } },
    [
      { path: "/in/a", resource: "a", meta: { name: "v-1" } },
      { path: "/in/b", resource: "b", meta: { name: "v-2" } },
    ],
  ],
  [{ path: "/", resources: ["a"], cardinality: "CONTAINER" }, [{ path: "/a", resource: "a" }]],
  [{ path: "/in", resource: "a", properties: [] }, [{ path: "/in", resource: "a" }]],
])("the volume %j is read as %j", (volume, expected) => {
  const { body, notes } = normaliseRequest(volumesOf({ kind: volumeKind, ...volume }));
  expect(body).toEqual(volumesOf(...expected.map((mount) => ({ kind: volumeKind, ...mount }))));
  expect(notes.length).toBeGreaterThan(0);
  expect(isAcceptable(notes)).toBe(true);
  expect(normaliseRequest(body)).toEqual({ body, notes: [] });
});

test("the kind of a volume says how it mounts", () => {
  const older = (name: string) => `https://www.purl.org/ivoa.net/EB/schema/types/volumes/${name}-volume-mount-1.0`;
  const read = (name: string) => normaliseRequest(volumesOf({ kind: older(name), path: "/in", resources: ["a"] })).body;
  expect(read("instance")).toEqual(volumesOf({ kind: volumeKind, path: "/in", resource: "a" }));
  expect(read("container")).toEqual(volumesOf({ kind: volumeKind, path: "/in/a", resource: "a" }));
});

test("a directory has the name of a resource that is referred to by its uuid", () => {
  const uuid = "0190a5a0-0000-7000-8000-00000000000a";
  const data = [{ kind: kinds.data.simple, meta: { uuid, name: "a" } }];
  const { body } = normaliseRequest({
    data,
    ...volumesOf({ kind: volumeKind, path: "/in", resources: [uuid], cardinality: "CONTAINER" }),
  });
  expect(body).toEqual({ data, ...volumesOf({ kind: volumeKind, path: "/in/a", resource: uuid }) });
});

test("the request's own list of volumes is mounted in the compute, listed or not", () => {
  const volume = (name: string) => ({ kind: volumeKind, meta: { name }, path: `/${name}`, resource: name });
  const { body, notes } = normaliseRequest({
    volumes: [volume("a"), { ...volume("b"), name: "b", meta: undefined }, volume("c")],
    ...volumesOf("b", "b", volume("d")),
  });
  expect(body).toEqual(volumesOf(volume("b"), volume("d"), volume("a"), volume("c")));
  expect(notes.map(({ level, values }) => [level, values.path])).toEqual([
    ["INFO", "/compute/volumes/0"],
    ["INFO", "/volumes/1/name"],
    ["INFO", "/compute/volumes/1"],
    ["INFO", "/volumes/0"],
    ["INFO", "/volumes/2"],
  ]);
});

test("volumes without any compute are mounted in a default one", () => {
  expect(normaliseRequest({ volumes: [{ path: "/in", resource: "a" }] }).body).toEqual({
    compute: { kind, volumes: [{ kind: volumeKind, path: "/in", resource: "a" }] },
  });
});

test.each<[unknown, string, string]>([
  ["inputs", "urn:resource-not-found", "/compute/volumes/0"],
  [
    { kind: volumeKind, path: "/in", resources: ["a", "b"], cardinality: "INSTANCE" },
    "urn:not-supported",
    "/compute/volumes/0/resources",
  ],
  [
    { kind: volumeKind, path: "/in", resources: ["a"], cardinality: "SOME" },
    "urn:invalid-value",
    "/compute/volumes/0/cardinality",
  ],
  [{ kind: volumeKind, path: "/in", resources: [5] }, "urn:bad-value", "/compute/volumes/0/resources"],
  [{ kind: volumeKind, path: "/in", resources: ["a", ".."] }, "urn:invalid-value", "/compute/volumes/0/resources/1"],
  [{ kind: volumeKind, path: "/in", resources: ["a", "b/c"] }, "urn:invalid-value", "/compute/volumes/0/resources/1"],
])("the volume %j makes the answer NO", (volume, why, path) => {
  expect(errorsOf(volumesOf(volume))).toMatchObject([{ kind: why, values: { path } }]);
});

test("parameters of a mount are lost, with a warning", () => {
  const { body, notes } = normaliseRequest(
    volumesOf({ kind: "uri:filesystem-mount", path: "/in", resource: "a", parameter: 1 }),
  );
  expect(body).toEqual(volumesOf({ kind: volumeKind, path: "/in", resource: "a" }));
  expect(notes.filter(({ level }) => level === "WARN")).toMatchObject([
    { values: { path: "/compute/volumes/0/parameter" } },
  ]);
});

test("a volume of thousands of resources is not copied for each of them", () => {
  const resources = Array.from({ length: 5_000 }, (_, index) => `r${index}`);
  const extra = Object.fromEntries(resources.map((name) => [name, name]));
  const { body, notes } = normaliseRequest({ computer: {}, volumes: [{ path: "/in", resources, ...extra }] });
  expect(body).toMatchObject({ compute: { volumes: [{ path: "/in" }] } });
  expect(notes).toContainEqual(expect.objectContaining({ kind: "urn:resource-limit", level: "ERROR" }));
});
