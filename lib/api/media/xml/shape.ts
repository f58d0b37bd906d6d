import { type JsonSchema, resolved, type Schemas, xmlOf } from "./json-schema.ts";

/** What an element holds, made of a JSON Schema. Shapes inside are asked for when needed, as schemas may contain themselves. */
export type Shape = ScalarShape | ListShape | ObjectShape;

export interface ScalarShape {
  readonly is: "text" | "integer" | "number" | "boolean" | "anything";
}

export interface ListShape {
  readonly is: "list";
  readonly item: () => Shape;
  /** The name each item has. */
  readonly element: string;
  /** The element around them, or null for none. */
  readonly wrapper: string | null;
}

export interface ObjectShape {
  readonly is: "object";
  readonly fields: ReadonlyMap<string, Field>;
  /** Of names that are no fields: the values of a map. */
  readonly rest: () => Shape;
  /** The property that says which shape it is exactly, and those shapes. */
  readonly variants: { readonly property: string; readonly of: ReadonlyMap<string, () => Shape> } | null;
}

export interface Field {
  readonly key: string;
  /** The name of the attribute or element; of an unwrapped list the name of each item. */
  readonly name: string;
  readonly attribute: boolean;
  readonly shape: () => Shape;
}

const anything: Shape = { is: "anything" };

/** Makes shapes of the schemas of one record; the same schema gives the same shape. */
export function shapesOf(schemas: Schemas): (schema: JsonSchema, key?: string) => Shape {
  const known = new WeakMap<JsonSchema, Map<string, Shape>>();

  function shapeOf(schema: JsonSchema, key = ""): Shape {
    const byKey = known.get(schema) ?? new Map<string, Shape>();
    known.set(schema, byKey);
    const shape = byKey.get(key) ?? make(schema, key);
    byKey.set(key, shape);
    return shape;
  }

  function make(schema: JsonSchema, key: string): Shape {
    const target = resolved(schema, schemas);
    const branches = target.oneOf ?? target.anyOf;
    if (branches)
      return unionOf(
        target,
        branches.filter((branch) => !isNull(branch)),
        key,
      );
    if (target.allOf || target.properties || typeof target.additionalProperties === "object") {
      return objectOf(target, [target], target.discriminator?.mapping);
    }
    const type = typeOf(target);
    if (type === "array") return listOf(schema, target, key);
    if (type === "object") return objectOf(target, [target]);
    return type === "string" ? { is: "text" } : isScalar(type) ? { is: type } : anything;
  }

  function listOf(schema: JsonSchema, target: JsonSchema, key: string): Shape {
    const { name, wrapped } = xmlOf(schema, schemas);
    const items = target.items ?? {};
    if (typeOf(resolved(items, schemas)) === "array") throw new TypeError(`${key}: lists in lists have no XML`);
    const wrapper = wrapped ? (name ?? key) : null;
    const element = xmlOf(items, schemas).name ?? wrapper ?? key;
    return { is: "list", item: () => shapeOf(items), element, wrapper };
  }

  /** One of several shapes. Before its kind is known it has the fields of all. */
  function unionOf(target: JsonSchema, branches: readonly JsonSchema[], key: string): Shape {
    const [only, ...others] = branches;
    if (only && others.length === 0) return shapeOf(only, key);
    const shapes = branches.map((branch) => shapeOf(branch, key));
    if (shapes.every(({ is }) => is === "object")) {
      const mapping =
        target.discriminator?.mapping ?? constants(branches, target.discriminator?.propertyName ?? "kind");
      return objectOf(target, [target, ...branches], mapping);
    }
    const is = (["text", "number", "integer", "boolean"] as const).find((one) =>
      shapes.some((shape) => shape.is === one),
    );
    return is && shapes.every((shape) => shape.is !== "object" && shape.is !== "list") ? { is } : anything;
  }

  /** Which value of the property stands for which of the branches, where they say it by a constant. */
  function constants(branches: readonly JsonSchema[], property: string): Record<string, JsonSchema> {
    return Object.fromEntries(
      branches.flatMap((branch) => {
        const value = partsOf(branch).get(property);
        const constant = value && resolved(value, schemas).const;
        return typeof constant === "string" ? [[constant, branch]] : [];
      }),
    );
  }

  function objectOf(
    target: JsonSchema,
    parts: readonly JsonSchema[],
    mapping: Readonly<Record<string, string | JsonSchema>> = {},
  ): Shape {
    const properties = new Map(parts.toReversed().flatMap((part) => [...partsOf(part)]));
    const fields = new Map([...properties].map(([key, schema]) => [key, fieldOf(key, schema)]));
    const variants = Object.entries(mapping).map(
      ([value, to]) => [value, () => shapeOf(typeof to === "string" ? { $ref: to } : to)] as const,
    );
    const more = parts
      .map((part) => resolved(part, schemas).additionalProperties)
      .find((one) => typeof one === "object");
    // Two unions may give one name to different things; a shape that is exact may not.
    if (variants.length === 0) refuseAmbiguity(fields);
    return {
      is: "object",
      fields,
      rest: () => (typeof more === "object" ? shapeOf(more) : anything),
      variants:
        variants.length > 0 ? { property: target.discriminator?.propertyName ?? "kind", of: new Map(variants) } : null,
    };
  }

  /** The properties of an object, those of its `allOf` first. */
  function partsOf(schema: JsonSchema): Map<string, JsonSchema> {
    const target = resolved(schema, schemas);
    const inherited = (target.allOf ?? []).flatMap((part) => [...partsOf(part)]);
    return new Map([...inherited, ...Object.entries(target.properties ?? {})]);
  }

  function fieldOf(key: string, schema: JsonSchema): Field {
    const attribute = schema.xml?.attribute ?? false;
    const target = resolved(schema, schemas);
    if (typeOf(target) !== "array") {
      return { key, name: schema.xml?.name ?? key, attribute, shape: () => shapeOf(schema, key) };
    }
    const list = shapeOf(schema, key);
    const name = list.is === "list" ? (list.wrapper ?? list.element) : key;
    return { key, name, attribute: false, shape: () => list };
  }

  return shapeOf;
}

function refuseAmbiguity(fields: ReadonlyMap<string, Field>): void {
  const names = new Map<string, string>();
  for (const { key, name } of fields.values()) {
    const other = names.get(name);
    if (other) throw new TypeError(`${other} and ${key} would both be <${name}> in XML`);
    names.set(name, key);
  }
}

const isScalar = (type: unknown) => type === "integer" || type === "number" || type === "boolean";

const isNull = (schema: JsonSchema) => schema.type === "null";

/** The type a schema names, or that of its constants; of several the one that can hold them all. */
function typeOf({ type, const: constant, enum: values }: JsonSchema): string | undefined {
  if (typeof type === "string") return type;
  if (type) return ["string", "number", "integer", "boolean", ...type].find((one) => type.includes(one));
  const value = constant ?? values?.[0];
  return value === undefined ? undefined : typeof value;
}
