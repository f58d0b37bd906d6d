import { expect, test } from "vitest";
import { kinds } from "#lib/api/standard/kinds.ts";
import { isAcceptable } from "#lib/api/standard/message.ts";
import { normaliseRequest } from "./normalise-request.ts";

test("storage names what lies in it as “data”, and its size in GiB", () => {
  const { body, notes } = normaliseRequest({
    resources: { storage: [{ type: "uri:ephemeral-storage", size: { min: 2048, units: "MiB" }, resources: ["a"] }] },
  });
  expect(body).toEqual({ storage: [{ kind: kinds.storage.simple, size: { min: 2 }, data: ["a"] }] });
  expect(isAcceptable(notes)).toBe(true);
  expect(notes.map(({ values }) => values.path)).toEqual([
    "/resources",
    "/resources/storage/0/type",
    "/resources/storage/0/type",
    "/resources/storage/0/size/units",
    "/resources/storage/0/resources",
  ]);
});

test.each([{ lifecycle: "PERSISTENT" }, { lifetime: "P1W" }])("storage with %j would outlive its session", (more) => {
  const { notes } = normaliseRequest({ storage: [{ kind: kinds.storage.simple, ...more }] });
  expect(notes).toMatchObject([{ kind: "urn:not-supported", level: "ERROR" }]);
});

test("an older S3 store is data, and keeps its name, so that mounts still find it", () => {
  for (const kind of ["uri:amazon-s3-storage", "https://www.purl.org/ivoa.net/storage-types/amazon-s3"]) {
    const { body, notes } = normaliseRequest({
      storage: [{ kind: kinds.storage.simple }, { kind, name: "bucket", bucket: "b" }],
      data: [{ kind: kinds.data.simple }],
    });
    expect(body).toEqual({
      storage: [{ kind: kinds.storage.simple }],
      data: [{ kind: kinds.data.simple }, { kind: kinds.data.s3, meta: { name: "bucket" }, bucket: "b" }],
    });
    expect(notes).toContainEqual(
      expect.objectContaining({ values: { path: "/storage/1", used: "storage", instead: "data" } }),
    );
  }
});

test.each([
  "urn:Rucio-data-resource-0.1",
  "https://www.purl.org/ivoa.net/EB/schema/types/data/Rucio-data-resource-1.0",
])("%s says where its object is in “rucio”", (type) => {
  const place = { endpoint: "https://rucio.example.org", domain: "testing", object: "a" };
  expect(normaliseRequest({ data: [{ type, ...place }] }).body).toEqual({
    data: [{ kind: kinds.data.rucio, rucio: { endpoint: "https://rucio.example.org", scope: "testing", object: "a" } }],
  });
});

test("an endpoint and an object of S3 are where they belong, and a size hint stays", () => {
  const request = {
    data: [
      { kind: kinds.data.s3, endpoint: "https://s3.example.org", bucket: "b", object: "o" },
      { kind: kinds.data.ivoa, ivoa: { ivoid: "ivo://x/y", obscore: { access_estsize: 5 } } },
      { kind: kinds.data.skao, skao: { checksum: { type: "md5", value: "0" } } },
      { kind: kinds.data.rucio, rucio: { type: "FILE" } },
    ],
  };
  expect(normaliseRequest(request)).toEqual({ body: request, notes: [] });
});
