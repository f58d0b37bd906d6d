import fc from "fast-check";
import type { JsonObject, JsonValue } from "#lib/api/media/json-value.ts";
import { type JsonSchema as NamedSchema, resolved } from "#lib/api/media/xml/json-schema.ts";
import { aNumber, anInteger, arbitraryText, aString } from "./arbitrary-of-schema-scalars.ts";

/** As much of a JSON Schema as says which values fit it. */
export interface JsonSchema extends NamedSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface HowArbitrary {
  /** Of the schemas with these names, these values. */
  readonly instead?: Readonly<Record<string, fc.Arbitrary<JsonValue>>>;
  /** How deep optional parts may nest; 8 unless said otherwise. */
  readonly depth?: number;
}

type Schemas = Readonly<Record<string, JsonSchema>>;

/**
 * Values that fit a schema of OpenAPI 3.1 (`components.schemas`): required and optional properties, unions (also the standard's
 * own, which have a discriminator and no `oneOf`), enums, patterns, formats and bounds. Fields that are no properties are not
 * made. Texts are what XML can carry as well. Throws for a pattern that JavaScript cannot compile: name it in `instead`.
 */
export function arbitraryOfSchema(
  schema: JsonSchema,
  schemas: Schemas = {},
  how: HowArbitrary = {},
): fc.Arbitrary<JsonValue> {
  return make(schema, { schemas, instead: how.instead ?? {}, left: how.depth ?? 8 });
}

interface Context {
  readonly schemas: Schemas;
  readonly instead: Readonly<Record<string, fc.Arbitrary<JsonValue>>>;
  readonly left: number;
}

const nameIn = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);

function make(schema: JsonSchema, context: Context): fc.Arbitrary<JsonValue> {
  const instead = schema.$ref === undefined ? undefined : context.instead[nameIn(schema.$ref)];
  if (instead) return instead;
  const target = resolved(schema, context.schemas) as JsonSchema;
  const { const: constant, enum: values } = target;
  if (constant !== undefined) return fc.constant(constant as JsonValue);
  if (values) return fc.constantFrom(...(values as JsonValue[]));
  const branches = branchesOf(target, context.schemas);
  if (branches.length > 0) return fc.oneof(...branches.map((branch) => variant(branch, context)));
  if (target.properties || target.allOf || target.additionalProperties)
    return anObject(partsOf(target, context.schemas), context);
  return ofType(target, context);
}

interface Branch {
  readonly schema: JsonSchema;
  /** What its discriminator has to be, where only a mapping says so. */
  readonly fixed: JsonObject;
}

function branchesOf(target: JsonSchema, schemas: Schemas): readonly Branch[] {
  const { propertyName = "kind", mapping = {} } = target.discriminator ?? {};
  const mapped = Object.entries(mapping).map(([kind, ref]) => ({
    schema: { $ref: ref },
    fixed: { [propertyName]: kind },
  }));
  if (mapped.length > 0) return mapped.map(({ schema, fixed }) => ({ schema: exact(schema, schemas), fixed }));
  return [...(target.oneOf ?? []), ...(target.anyOf ?? [])].map((schema) => ({ schema, fixed: {} }));
}

/** A subtype without the discriminator it may share with its base, which would lead in a circle. */
const exact = (schema: JsonSchema, schemas: Schemas): JsonSchema => {
  const { discriminator: _, ...rest } = resolved(schema, schemas) as JsonSchema;
  return rest;
};

const variant = ({ schema, fixed }: Branch, context: Context): fc.Arbitrary<JsonValue> =>
  make(schema, context).map((value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value, ...fixed } : value,
  );

interface Parts {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: ReadonlySet<string>;
  readonly rest: JsonSchema | null;
}

function partsOf(schema: JsonSchema, schemas: Schemas): Parts {
  const target = resolved(schema, schemas) as JsonSchema;
  const parts = (target.allOf ?? []).map((part) => partsOf(part, schemas));
  const { additionalProperties: rest, properties, required = [] } = target;
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties), properties),
    required: new Set([...parts.flatMap((part) => [...part.required]), ...required]),
    rest:
      typeof rest === "object" && Object.keys(rest).length > 0 ? rest : (parts.find((part) => part.rest)?.rest ?? null),
  };
}

function anObject({ properties, required, rest }: Parts, context: Context): fc.Arbitrary<JsonValue> {
  const inner = { ...context, left: context.left - 1 };
  const wanted = Object.entries(properties).filter(([key]) => context.left > 0 || required.has(key));
  const fields = Object.fromEntries(wanted.map(([key, schema]) => [key, make(schema, inner)]));
  const described = fc.record(fields, {
    requiredKeys: [...required].filter((key) => key in fields),
    noNullPrototype: true,
  });
  if (!rest || context.left <= 0) return described;
  const more = fc.array(fc.tuple(arbitraryText({ minLength: 1, maxLength: 12 }), make(rest, inner)), { maxLength: 4 });
  const forbidden = new Set(["__proto__", "constructor", "prototype", ...Object.keys(properties)]);
  return fc
    .tuple(described, more)
    .map(([own, others]) => ({ ...Object.fromEntries(others.filter(([key]) => !forbidden.has(key))), ...own }));
}

function ofType(schema: JsonSchema, context: Context): fc.Arbitrary<JsonValue> {
  const types = [schema.type ?? []].flat();
  if (types.length > 1) return fc.oneof(...types.map((type) => ofType({ ...schema, type }, context)));
  switch (types[0]) {
    case "string":
      return aString(schema);
    case "integer":
      return anInteger(schema);
    case "number":
      return aNumber(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const maxLength = Math.max(schema.minItems ?? 0, context.left > 0 ? Math.min(schema.maxItems ?? 3, 3) : 0);
      const items = make(schema.items ?? { type: "string" }, { ...context, left: context.left - 1 });
      return fc.array(items, { minLength: schema.minItems ?? 0, maxLength });
    }
    case "object":
      return fc.constant({});
    default:
      return fc.oneof(arbitraryText(), fc.boolean());
  }
}
