import { type Result, yes } from "#lib/booking/refusal.ts";
import { type BodyTrouble, unreadable } from "../body-trouble.ts";
import { isObject, type JsonObject } from "../json-value.ts";
import { type JsonSchema, resolved, type Schemas, type XmlObject } from "./json-schema.ts";
import { parseXml, XmlTrouble } from "./parse-xml.ts";
import { readElement } from "./read-element.ts";
import { shapesOf } from "./shape.ts";
import { writeElement } from "./write-element.ts";

export interface XmlCodec {
  /** A document for an object that fits the schema. Throws TypeError for a name that is no schema. */
  write(value: unknown, schemaName: string): string;
  /** The object in a document; whether it fits the schema in all is not looked at. Refuses (400) what cannot be read. */
  read(text: string, schemaName: string): Result<JsonObject, BodyTrouble>;
}

/**
 * Reads and writes XML for the schemas of an OpenAPI 3.1 document by the rules of its XML Object; README.md has what those leave
 * open. Throws TypeError for schemas whose XML could not be read back, such as two properties with one name.
 */
export function makeXmlCodec(schemas: Schemas): XmlCodec {
  const shapeOf = shapesOf(schemas);
  for (const schema of Object.values(schemas)) shapeOf(schema);

  const schemaOf = (name: string): JsonSchema => {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (!schema) throw new TypeError(`there is no schema ${name}`);
    return schema;
  };

  return {
    write(value, schemaName) {
      const schema = schemaOf(schemaName);
      const kind = isObject(value) ? value[schema.discriminator?.propertyName ?? "kind"] : undefined;
      const variant = subtypes(schema, schemas).find(({ kinds }) => kinds.includes(kind));
      const { name = schemaName, namespace } = schema.xml ?? (variant ? rootOf(variant.name, schemas) : {});
      const xmlns = namespace ? ` xmlns="${namespace}"` : "";
      const lines = writeElement(name, value, shapeOf(schema), "", xmlns);
      return `${['<?xml version="1.0" encoding="UTF-8"?>', ...lines].join("\n")}\n`;
    },
    read(text, schemaName) {
      const schema = schemaOf(schemaName);
      const root = parseXml(text);
      if (!root.ok) return root;
      // Where the standard gives its root no name, clients have the schema's.
      const own = rootOf(schemaName, schemas).name;
      const accepted = [own, schemaName, ...subtypes(schema, schemas).map(({ name }) => rootOf(name, schemas).name)];
      if (!accepted.includes(root.value.name)) {
        const names = [...new Set(accepted)].map((name) => `<${name}>`).join(" or ");
        return unreadable(`The root element has to be ${names}, and is <${root.value.name.slice(0, 100)}>.`);
      }
      try {
        const value = readElement(root.value, shapeOf(schema));
        return isObject(value) ? yes(value as JsonObject) : unreadable(`There is nothing in <${root.value.name}>.`);
      } catch (error) {
        if (error instanceof XmlTrouble) return unreadable(error.message);
        throw error;
      }
    },
  };
}

const nameIn = (ref = "") => ref.slice(ref.lastIndexOf("/") + 1);

/** The root element of a schema: what its XML Object says, or that of what it is made of, or its name. */
function rootOf(name: string, schemas: Schemas): XmlObject & { readonly name: string } {
  const schema = schemas[name];
  const inherited = schema?.allOf?.map((part) => resolved(part, schemas).xml).find((xml) => xml?.name);
  return { name, ...inherited, ...schema?.xml };
}

/** The schemas a union consists of, each with the kinds that stand for it. */
function subtypes(schema: JsonSchema, schemas: Schemas): { name: string; kinds: unknown[] }[] {
  const mapping = Object.entries(schema.discriminator?.mapping ?? {});
  const refs = new Set([...(schema.oneOf ?? []).flatMap(({ $ref }) => $ref ?? []), ...mapping.map(([, ref]) => ref)]);
  return [...refs].map((ref) => {
    const constant = schemas[nameIn(ref)]?.properties?.[schema.discriminator?.propertyName ?? "kind"]?.const;
    return { name: nameIn(ref), kinds: [constant, ...mapping.filter(([, to]) => to === ref).map(([kind]) => kind)] };
  });
}
