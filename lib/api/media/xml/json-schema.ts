/** As much of a JSON Schema in OpenAPI 3.1 as says which XML a value has. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly discriminator?: { readonly propertyName: string; readonly mapping?: Readonly<Record<string, string>> };
  readonly additionalProperties?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly xml?: XmlObject;
}

/** The XML Object of OpenAPI 3.1. */
export interface XmlObject {
  readonly name?: string;
  readonly namespace?: string;
  readonly attribute?: boolean;
  readonly wrapped?: boolean;
}

/** `components.schemas` of an OpenAPI document. */
export type Schemas = Readonly<Record<string, JsonSchema>>;

const prefix = "#/components/schemas/";

/** Follows `$ref`s to the schema itself. Throws for one that leads nowhere: that is a mistake in the description. */
export function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  let target = schema;
  for (let hops = 0; target.$ref !== undefined; hops += 1) {
    const next = target.$ref.startsWith(prefix) ? schemas[target.$ref.slice(prefix.length)] : undefined;
    if (!next || hops > 20) throw new TypeError(`${schema.$ref} leads to no schema`);
    target = next;
  }
  return target;
}

/** The XML object of a place: what is said beside a `$ref` counts before what the schema says of itself. */
export function xmlOf(schema: JsonSchema, schemas: Schemas): XmlObject {
  return { ...resolved(schema, schemas).xml, ...schema.xml };
}
