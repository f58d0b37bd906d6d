import type { Format } from "./format.ts";
import { writeYaml } from "./write-yaml.ts";
import type { XmlCodec } from "./xml/make-xml-codec.ts";

export interface Body {
  readonly text: string;
  readonly contentType: string;
}

export interface XmlShape {
  readonly codec: XmlCodec;
  readonly schema: string;
}

/**
 * An answer in a format, with the content type that goes with it. Fields that are undefined are left out, in lists too; half of
 * a surrogate pair becomes U+FFFD. Takes what JSON can say; throws TypeError for the rest (dates, maps, NaN), as that would be
 * our own mistake, and for XML without a shape.
 */
export function writeBody(value: unknown, format: Format, xml?: XmlShape): Body {
  const plain = plainly(value, []);
  switch (format) {
    case "json":
      return { text: JSON.stringify(plain), contentType: "application/json" };
    case "yaml":
      return { text: writeYaml(plain), contentType: "application/yaml; charset=utf-8" };
    case "xml":
      if (!xml) throw new TypeError("XML needs a schema");
      return { text: xml.codec.write(plain, xml.schema), contentType: "application/xml; charset=utf-8" };
  }
}

/** `path` is where `value` stands; as it was when this returns. Written for speed: every value of every answer goes through here. */
function plainly(value: unknown, path: (string | number)[]): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "boolean" || value === null || (typeof value === "number" && Number.isFinite(value)))
    return value;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const item of value) {
      if (item === undefined) continue;
      path.push(list.length);
      list.push(plainly(item, path));
      path.pop();
    }
    return list;
  }
  const prototype = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (value === undefined || (prototype !== null && prototype !== Object.prototype)) throw unwritable(path);
  const map: Record<string, unknown> = {};
  for (const key of Object.keys(value as object)) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner === undefined) continue;
    path.push(key);
    if (key === "__proto__") throw unwritable(path);
    map[key.toWellFormed()] = plainly(inner, path);
    path.pop();
  }
  return map;
}

const unwritable = (path: readonly (string | number)[]) =>
  new TypeError(`what is at ${path.map((step) => `/${step}`).join("") || "the top"} cannot be written`);
