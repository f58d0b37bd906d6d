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
  const plain = plainly(value, "");
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

function plainly(value: unknown, path: string): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "boolean" || value === null || (typeof value === "number" && Number.isFinite(value)))
    return value;
  if (Array.isArray(value)) {
    return value.filter((item) => item !== undefined).map((item, index) => plainly(item, `${path}/${index}`));
  }
  const prototype = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (value === undefined || (prototype !== null && prototype !== Object.prototype)) {
    throw new TypeError(`what is at ${path || "the top"} cannot be written`);
  }
  return Object.fromEntries(
    Object.entries(value as object)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key.toWellFormed(), plainly(inner, `${path}/${key}`)]),
  );
}
