import { type Result, yes } from "#lib/booking/refusal.ts";
import { type BodyTrouble, unreadable } from "./body-trouble.ts";
import type { Format } from "./format.ts";
import { formatSent } from "./format-sent.ts";
import type { JsonObject } from "./json-value.ts";
import { MAX_BODY_BYTES } from "./limits.ts";
import { plainObject } from "./plain-value.ts";
import { readJson } from "./read-json.ts";
import { readText } from "./read-text.ts";
import { readYaml } from "./read-yaml.ts";
import type { XmlCodec } from "./xml/make-xml-codec.ts";

export interface HowToRead {
  /** Of what XML has to have the shape; without it XML is refused. */
  readonly xml?: { readonly codec: XmlCodec; readonly schema: string };
  readonly maxBytes?: number;
}

export type ReadBody =
  | { readonly ok: true; readonly value: JsonObject; readonly format: Format }
  | { readonly ok: false; readonly error: BodyTrouble };

/**
 * The object in a request's body, in whichever format it was sent. It consists of lists, maps, strings, finite numbers, booleans
 * and null only; whether it is what the address asks for is not looked at here. Refuses 400 what cannot be read, 413 what is too
 * large, 415 what is in another format; throws only when the connection breaks. The body can be read once.
 */
export async function readBody(
  request: Request,
  { xml, maxBytes = MAX_BODY_BYTES }: HowToRead = {},
): Promise<ReadBody> {
  const format = bodyFormat(request, xml !== undefined);
  if (!format.ok) return format;
  const text = await readText(request, maxBytes);
  if (!text.ok) return text;
  if (text.value.trim() === "") return unreadable("There is nothing in the body of this request.");
  const read =
    format.value === "xml" ? xml?.codec.read(text.value, xml.schema) : readers[format.value](text.value, maxBytes);
  if (!read?.ok) return read ?? unsupported("XML is not read here.");
  if (read.value === null) return unreadable("There is nothing in the body of this request.");
  const plain = plainObject(read.value);
  return plain.ok ? { ...plain, format: format.value } : plain;
}

const readers = { json: readJson, yaml: readYaml } as const;

const unsupported = (sentence: string) => ({ ok: false, error: { status: 415, sentence } }) as const;

function bodyFormat(request: Request, readsXml: boolean): Result<Format, BodyTrouble> {
  const coding = request.headers.get("content-encoding")?.trim().toLowerCase() || "identity";
  if (coding !== "identity") return unsupported("Please send the body as it is, not compressed.");
  const format = formatSent(request.headers.get("content-type"));
  if (!format.ok) return format;
  if (format.value === "xml" && !readsXml) {
    return unsupported("XML is not read here. Please send application/yaml or application/json.");
  }
  return yes(format.value);
}
