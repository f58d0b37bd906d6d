import fc from "fast-check";
import { formats } from "#lib/api/media/format.ts";
import type { JsonObject, JsonValue } from "#lib/api/media/json-value.ts";
import type { OpenApiDocument, OperationObject, Parameter } from "#lib/api/openapi/document.ts";
import type { SchemaName } from "#lib/api/standard/schemas.ts";
import { arbitraryOfSchema, type JsonSchema } from "#lib/testing/arbitrary-of-schema.ts";
import type { Random } from "#lib/testing/random.ts";
import { type Names, someId, someQuery } from "./hostile-addresses.ts";
import { someAccept, someContentType, someKey, someTag } from "./hostile-headers.ts";
import type { KnownPlaces } from "./known-places.ts";
import { mutate } from "./mutate.ts";
import { olderRequest } from "./older-request.ts";
import { plausibleRequest } from "./plausible-request.ts";
import { plausibleUpdate } from "./plausible-update.ts";
import type { Sent } from "./sent.ts";
import { broken, written } from "./write-fuzzed.ts";

interface Target {
  readonly path: string;
  readonly method: "GET" | "POST";
  readonly parameters: readonly Parameter[];
  readonly body: SchemaName | null;
  readonly answer: SchemaName | null;
  readonly weight: number;
}

/** What older clients call the same (next.config.mjs), by what it is called today. */
const olderPaths: Readonly<Record<string, readonly string[]>> = {
  "POST /requests": ["/offersets", "/request", "/offerset"],
  "POST /direct": ["/sessions"],
  "GET /offersets/{uuid}": ["/offerset/{uuid}"],
  "POST /sessions/{uuid}": ["/offers/{uuid}", "/execution/{uuid}"],
};

/** Makes requests out of the OpenAPI document: every operation, with bodies and parameters that fit it and that do not. */
export function requestMaker(document: OpenApiDocument, known: KnownPlaces, names: Names, now: number) {
  const targets = Object.entries(document.paths).flatMap(([path, item]) => [
    ...(item.get ? targetsOf(document, path, "GET", item.get) : []),
    ...(item.post ? targetsOf(document, path, "POST", item.post) : []),
  ]);
  const schemas = document.components.schemas as Readonly<Record<string, JsonSchema>>;
  const arbitraries = new Map<SchemaName, fc.Arbitrary<JsonValue>>();
  const fitting = (schema: SchemaName, random: Random): JsonObject => {
    const arbitrary = arbitraries.get(schema) ?? arbitraryOfSchema(schemas[schema] ?? {}, schemas, { depth: 5 });
    arbitraries.set(schema, arbitrary);
    const [value] = fc.sample(arbitrary, { seed: random.between(0, 2 ** 31 - 1), numRuns: 1 });
    return value as JsonObject;
  };

  function body(schema: SchemaName, random: Random): JsonObject {
    if (random.oneIn(7)) return fitting(schema, random);
    if (schema === "AbstractUpdate") return plausibleUpdate(random);
    return random.oneIn(6) ? olderRequest(random) : plausibleRequest(random, now);
  }

  return function makeRequest(random: Random): Sent {
    const target = random.weighted(targets);
    const { method, answer, parameters } = target;
    const folder = target.path.split("/")[1] ?? "";
    const id = someId(
      ["offers", "execution"].includes(folder) ? "sessions" : folder.replace(/set$/, "sets"),
      random,
      known,
    );
    const path = target.path.replace("{uuid}", () => id);
    const where = `${path}${someQuery(parameters, random, known, names)}`;
    if (target.body === null) {
      return { method, where, answer, headers: { ...someAccept(random), ...someTag(random, known.tags) } };
    }
    const format = random.oneIn(2) ? "json" : (random.pick(formats) ?? "json");
    let value = body(target.body, random);
    for (let times = random.oneIn(3) ? random.between(1, 3) : 0; times > 0; times--) value = mutate(value, random);
    const bytes = written(value, target.body, format);
    const headers = { ...someAccept(random), ...someContentType(format, random), ...someKey(random) };
    return { method, where, answer, headers, body: random.oneIn(8) ? broken(bytes, format, random) : bytes };
  };
}

function targetsOf(
  document: OpenApiDocument,
  path: string,
  method: "GET" | "POST",
  operation: OperationObject,
): Target[] {
  const parameters = (operation.parameters ?? []).flatMap(
    ({ $ref }) => document.components.parameters[lastPart($ref)] ?? [],
  );
  const target = {
    method,
    parameters,
    body: schemaIn(operation.requestBody?.content["application/json"]?.schema.$ref),
    answer: answerOf(operation),
  };
  const paths = [path, ...(olderPaths[`${method} ${path}`] ?? [])];
  // Those without anything to choose are documents, always the same and large.
  const weight = target.body !== null ? 6 : parameters.length > 0 ? 1 : 0.3;
  return paths.map((one) => ({ ...target, path: one, weight: one === path ? weight : weight / 6 }));
}

function answerOf({ responses }: OperationObject): SchemaName | null {
  const ok = responses[200];
  return ok && "content" in ok ? schemaIn(ok.content?.["application/json"]?.schema.$ref) : null;
}

const lastPart = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);
const schemaIn = (ref: string | undefined) => (ref === undefined ? null : (lastPart(ref) as SchemaName));
