import { type JsonSchema, jsonSchemas, refTo } from "#lib/api/standard/json-schemas.ts";
import type { SchemaName } from "#lib/api/standard/schemas.ts";
import type { Content, Example, OpenApiDocument, OperationObject, PathItem, Response } from "./document.ts";
import { info, tags } from "./info.ts";
import type { Operation, OperationResponse } from "./operation.ts";
import { operations } from "./operations.ts";
import { type HeaderName, headers, parameters } from "./parameters.ts";
import { type ProblemResponse, type ProblemStatus, problemResponses } from "./problems.ts";

/** What a body may be in: the same schema each time. */
const mediaTypes = ["application/json", "application/yaml", "application/xml"] as const;
/** RFC 9457 has these two. */
const problemTypes = ["application/problem+json", "application/problem+xml"] as const;

/** Schemas of ours that the standard 1.0 has nothing like. */
const extensionSchemas: readonly SchemaName[] = [
  "OfferSetList",
  "PlatformSlots",
  "ProblemDetails",
  "ResourceAmounts",
  "SessionEvent",
  "SessionList",
  "SimpleComputeGpus",
  "SlotAvailability",
  "SlotList",
];

/**
 * The OpenAPI 3.1 document of the API: the IVOA Execution Broker 1.0 and what Meridian adds, each addition marked with
 * `x-extension`. The schemas are those that validate.
 */
export function openApiDocument({ baseUrl, version }: { baseUrl: string; version: string }): OpenApiDocument {
  const paths: Record<string, PathItem> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  const schemas = Object.entries(jsonSchemas()).map(([name, schema]) => [
    name,
    (extensionSchemas as readonly string[]).includes(name) ? { ...schema, "x-extension": true } : schema,
  ]);
  return {
    openapi: "3.1.0",
    info: { ...info, version },
    externalDocs: {
      description: "The schema of the IVOA Execution Broker 1.0 (CC-BY-SA-4.0, Dave Morris and others)",
      url: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0",
    },
    servers: [{ url: baseUrl, description: "This Meridian" }],
    tags,
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(schemas),
      parameters,
      headers,
      responses: Object.fromEntries(
        Object.values<ProblemResponse>(problemResponses).map((problem) => [
          problem.name,
          { description: problem.description, ...headersOf(problem), content: problemContent() },
        ]),
      ),
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description:
            "A personal access token, made on the page of your access, or an access token of an OpenID provider that this Meridian trusts. The names listed with an operation are the scopes that the token needs.",
        },
      },
    },
  };
}

function operationObject(operation: Operation): OperationObject {
  const { operationId, tag, summary, description, isExtension, scope, request, responses, problems } = operation;
  const answers = [
    ...Object.entries(responses).map(([status, response]) => [status, responseObject(response)]),
    ...problems.map((status) => [String(status), { $ref: responseRef(status) }]),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...(isExtension && { "x-extension": true as const }),
    security: scope === null ? [] : [{ bearer: [scope] }],
    ...(operation.parameters.length > 0 && {
      parameters: operation.parameters.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    }),
    ...(request && {
      requestBody: {
        required: true as const,
        description: request.description,
        content: content(request.schema, request.examples),
      },
    }),
    responses: Object.fromEntries(answers),
  };
}

function responseObject(response: OperationResponse): Response {
  const { description, schema, only, orProblem } = response;
  const bodies = only ? { [only]: { schema: plainSchema(only, schema) } } : schema ? content(schema) : null;
  return {
    description,
    ...headersOf(response),
    ...(bodies && { content: { ...bodies, ...(orProblem && problemContent()) } }),
  };
}

/** Examples are objects: in XML they would be something else. */
const content = (name: SchemaName, examples?: Readonly<Record<string, Example>>): Content =>
  Object.fromEntries(
    mediaTypes.map((type) => [
      type,
      { schema: { $ref: refTo(name) }, ...(examples && type !== "application/xml" && { examples }) },
    ]),
  );

const problemContent = (): Content =>
  Object.fromEntries(problemTypes.map((type) => [type, { schema: { $ref: refTo("ProblemDetails") } }]));

/** A document that is none of our objects: as text, or whatever JSON and YAML can say. */
function plainSchema(mediaType: string, data?: SchemaName): JsonSchema & { contentSchema?: JsonSchema } {
  if (!data) return { type: mediaType === "application/xml" ? "string" : "object" };
  return { type: "string", contentMediaType: "application/json", contentSchema: { $ref: refTo(data) } } as JsonSchema;
}

const headersOf = ({ headers: names }: { headers?: readonly HeaderName[] }) =>
  names && { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) };

const responseRef = (status: ProblemStatus) => `#/components/responses/${problemResponses[status].name}`;
