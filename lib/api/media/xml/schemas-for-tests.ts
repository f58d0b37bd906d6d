import type { JsonSchema } from "#lib/testing/arbitrary-of-schema.ts";

const ref = (name: string) => `#/components/schemas/${name}`;

const kind = (of: string): JsonSchema => ({ type: "string", const: of, xml: { attribute: true } });

/**
 * A small standard with everything that the real one has in XML: attributes, unions by kind (with `oneOf`, and with a mapping
 * and `allOf` only), named, wrapped and plain lists, maps, and something that contains itself.
 */
export const schemas: Readonly<Record<string, JsonSchema>> = {
  Request: {
    type: "object",
    xml: { name: "request" },
    properties: {
      title: { type: "string" },
      executable: { $ref: ref("Executable") },
      compute: { $ref: ref("Compute") },
      costs: { $ref: ref("Costs") },
      data: { type: "array", items: { type: "string" }, xml: { name: "unused" } },
      volumes: { type: "array", items: { $ref: ref("Volume") } },
      offers: { type: "array", items: { $ref: ref("AnySession") }, xml: { name: "offers", wrapped: true } },
    },
  },
  Executable: {
    oneOf: [{ $ref: ref("Container") }, { $ref: ref("Notebook") }],
    discriminator: {
      propertyName: "kind",
      mapping: { "k:container": ref("Container"), "k:notebook": ref("Notebook") },
    },
  },
  Container: {
    type: "object",
    required: ["kind"],
    properties: {
      kind: kind("k:container"),
      image: { type: "string" },
      privileged: { type: "boolean" },
      command: { type: "array", items: { type: "string" } },
      environment: { $ref: ref("NameValueMap") },
    },
  },
  Notebook: {
    type: "object",
    required: ["kind"],
    properties: { kind: kind("k:notebook"), location: { type: "string", format: "uri" } },
  },
  NameValueMap: { type: "object", additionalProperties: { type: "string" } },
  Compute: {
    type: "object",
    properties: {
      cores: {
        type: "object",
        properties: {
          min: { type: "integer", format: "int64" },
          max: { type: "integer", format: "int32", minimum: 1 },
        },
      },
      ratio: { type: "number" },
    },
  },
  Costs: { type: "array", xml: { name: "costs" }, items: { $ref: ref("Cost"), xml: { name: "cost" } } },
  Cost: {
    type: "object",
    required: ["kind"],
    discriminator: { propertyName: "kind", mapping: { "k:plain-cost": ref("Cost"), "k:cost": ref("BoundedCost") } },
    properties: { kind: { type: "string", xml: { attribute: true } }, type: { type: "string", format: "uri" } },
  },
  BoundedCost: {
    allOf: [
      { $ref: ref("Cost") },
      {
        type: "object",
        properties: { min: { type: "number", format: "float" }, max: { type: "number", format: "float" } },
      },
    ],
  },
  Volume: { type: "object", properties: { path: { type: "string" }, mode: { enum: ["READONLY", "READWRITE"] } } },
  Session: {
    type: "object",
    required: ["kind"],
    properties: {
      kind: kind("k:session"),
      id: { type: "string", format: "uuid" },
      phase: { type: "string", enum: ["OFFERED", "ACCEPTED"] },
      expires: { type: "string", format: "date-time" },
      before: { $ref: ref("AnySession") },
      messages: { type: "array", items: { $ref: ref("Message") } },
    },
  },
  AnySession: { oneOf: [{ $ref: ref("Session") }], xml: { name: "session" } },
  Message: {
    type: "object",
    xml: { name: "message" },
    properties: { message: { type: "string" }, values: { $ref: ref("NameValueMap"), xml: { name: "values" } } },
  },
};
