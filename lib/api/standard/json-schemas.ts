import { z } from "zod";
import { type SchemaName, schemas } from "./schemas.ts";

/** A JSON Schema (2020-12) as OpenAPI 3.1 has it; only what we make of zod's is in it. */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  additionalProperties?: JsonSchema | boolean;
  enum?: (string | number | boolean)[];
  const?: string | number | boolean;
  pattern?: string;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  propertyNames?: JsonSchema;
  xml?: { name?: string; namespace?: string; attribute?: boolean; wrapped?: boolean };
  itemsXml?: { name: string };
  internal?: boolean;
  [more: `$${string}`]: unknown;
}

/** Where a schema stands in the OpenAPI document. */
export const refTo = (name: string) => `#/components/schemas/${name}`;

let kept: Readonly<Record<SchemaName, JsonSchema>> | null = null;

/**
 * `components.schemas` of the OpenAPI document, made of the zod schemas that validate: subtypes by `oneOf` with a discriminator
 * on `kind`, fields that only we write to ourselves left out, and objects open for fields that are not known (what comes in
 * is checked against the strict zod schemas, and answered with a warning).
 */
export function jsonSchemas(): Readonly<Record<SchemaName, JsonSchema>> {
  if (kept) return kept;
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { uri: refTo, target: "draft-2020-12", unrepresentable: "throw" });
  const all = made.schemas as unknown as Record<SchemaName, JsonSchema>;
  kept = Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, tidy(schema, all)])) as Record<
    SchemaName,
    JsonSchema
  >;
  return kept;
}

function tidy(schema: JsonSchema, all: Record<string, JsonSchema>): JsonSchema {
  const { $schema: _, $id: __, itemsXml, internal: ___, propertyNames: ____, ...kept } = schema;
  const tidied: JsonSchema = { ...kept };
  if (tidied.additionalProperties === false) delete tidied.additionalProperties;
  else if (typeof tidied.additionalProperties === "object") {
    tidied.additionalProperties = tidy(tidied.additionalProperties, all);
  }
  if (tidied.properties) {
    const open = Object.entries(tidied.properties).filter(([, property]) => !property.internal);
    tidied.properties = Object.fromEntries(open.map(([name, property]) => [name, tidy(property, all)]));
  }
  if (tidied.items) tidied.items = { ...tidy(tidied.items, all), ...(itemsXml ? { xml: itemsXml } : {}) };
  if (tidied.oneOf) {
    tidied.oneOf = tidied.oneOf.map((one) => tidy(one, all));
    tidied.type = "object";
    tidied.discriminator = { propertyName: "kind", mapping: mappingOf(tidied.oneOf, all) };
  }
  return tidied;
}

/** Which kind is which of the subtypes. */
function mappingOf(subtypes: readonly JsonSchema[], all: Record<string, JsonSchema>): Record<string, string> {
  return Object.fromEntries(
    subtypes.map(({ $ref = "" }) => [all[$ref.slice(refTo("").length)]?.properties?.kind?.const, $ref]),
  );
}
