import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { openApiDocument } from "./make-document.ts";
import { missingFrom } from "./missing-from.ts";

const file = path.join(import.meta.dirname, "../../../docs/standard/execution-broker-v1.0.openapi.yaml");
const standard = parse(readFileSync(file, "utf8"));
const document = openApiDocument({ baseUrl: "https://meridian.example.org/api/broker/v1", version: "0.1.0" });

/** Where our document differs from the standard on purpose: the place, and why. */
const onPurpose: Readonly<Record<string, string>> = {
  "schemas/AbstractComponent": "a class that others inherit from: its fields are in each of them",
  "schemas/LifecycleComponent": "the same",
  "schemas/ExecutionRequestComponents": "the same, of a request",
  "schemas/SimpleExecutionComponents": "the same, of a session",
  "schemas/ISO8601Instant pattern": "JavaScript cannot compile its atomic group, and it takes any tail",
  "schemas/ISO8601Duration pattern": "it takes negative lengths, and years and months, which have no fixed length",
  "schemas/ISO8601Interval pattern": "it takes what is no time; intervals are read, and refused with a reason",
  "schemas/IvoaDataLinkItem/content_length format": "DataLink's own is 64 bits wide: files have more than 2 GiB",
  "schemas/AbstractCostItem https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/costs/abstract-cost-item.yaml":
    "a plain item is a subtype beside the others: a schema that names itself as its subtype has no end",
  "schemas/AbstractMetricItem https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/metrics/abstract-metric-item.yaml":
    "the same",
};
const placeOf = (line: string) => line.slice(0, line.indexOf(": "));

test("whatever the standard promises is in our document, but for a few things on purpose", () => {
  expect(
    missingFrom(standard, { ...document })
      .map(placeOf)
      .sort(),
  ).toEqual(Object.keys(onPurpose).sort());
});

type Way = readonly string[];
const pieces = (value: unknown, way: Way = []): Way[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [[...way, key], ...pieces(inner, [...way, key])]);
const words = /^(description|title|summary|examples|info|servers|openapi)$/;
/** Below `properties` a description is a field. */
const isSaid = (way: Way) => way.some((step, at) => words.test(step) && way[at - 1] !== "properties");
/** What an inherited part repeats, and XML names that are the field's own. */
const isSaidTwice = (way: Way) =>
  /allOf\/\d\/type$|properties\/(values|path|messages|options|phase|schedule|expires)\/xml$|path\/xml\/attribute$/.test(
    way.join("/"),
  );
const complaints = (changed: Record<string, unknown>): number => {
  try {
    return missingFrom(standard, changed).length;
  } catch {
    return Number.POSITIVE_INFINITY; // A reference that leads nowhere is noticed as well.
  }
};

test("whatever of the standard is taken out of a document or changed, it is missed", () => {
  const promised = pieces(standard).filter((way) => !isSaid(way) && !isSaidTwice(way));
  const before = complaints(standard);
  fc.assert(
    fc.property(fc.constantFrom(...promised), (way) => {
      const less = structuredClone(standard);
      const holder = way.slice(0, -1).reduce((here, step) => here[step], less);
      const last = way.at(-1) ?? "";
      if (typeof holder[last] === "object") delete holder[last];
      else holder[last] = "something else";
      expect(complaints(less), way.join("/")).toBeGreaterThan(before);
    }),
    { numRuns: 150 },
  );
});

test("whatever is not in the standard is marked as an extension", () => {
  const unmarked = Object.entries(document.paths).flatMap(([address, item]) =>
    Object.entries(item)
      .filter(([method, operation]) => !standard.paths[address]?.[method] && !operation["x-extension"])
      .map(([method]) => `${method} ${address}`),
  );
  const schemas = Object.entries(document.components.schemas)
    .filter(([name, schema]) => !standard.components.schemas[name] && !schema["x-extension"])
    .map(([name]) => name);
  expect(unmarked).toEqual([]);
  expect(schemas).toEqual(["PlainCostItem", "PlainMetricItem"]);
});
