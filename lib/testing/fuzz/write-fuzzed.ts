import { stringify } from "yaml";
import { writeWire } from "#lib/api/broker/wire.ts";
import type { Format } from "#lib/api/media/format.ts";
import { isObject, type JsonObject, type JsonValue } from "#lib/api/media/json-value.ts";
import type { SchemaName } from "#lib/api/standard/schemas.ts";
import type { Random } from "#lib/testing/random.ts";
import { hostileTexts } from "./hostile-texts.ts";

/** A body in one of the formats, as bytes. */
export function written(value: JsonObject, schema: SchemaName, format: Format): Uint8Array<ArrayBuffer> {
  return bytesOf(textOf(value, schema, format));
}

function textOf(value: JsonObject, schema: SchemaName, format: Format): string {
  if (format === "json") return JSON.stringify(value);
  if (format === "yaml") return stringify(value, { aliasDuplicateObjects: false });
  try {
    return writeWire(value, schema, "xml").text;
  } catch {
    // What fits no schema has no XML of ours.
    return element(schema === "AbstractUpdate" ? "update" : "offers-request", value);
  }
}

function element(name: string, value: JsonValue): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join("");
  const inside = isObject(value)
    ? Object.entries(value)
        .map(([key, inner]) => element(key, inner))
        .join("")
    : String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<${name}>${inside}</${name}>`;
}

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text) as Uint8Array<ArrayBuffer>;

/** The bytes of a body with something done to them that no client means to do. */
export function broken(bytes: Uint8Array<ArrayBuffer>, format: Format, random: Random): Uint8Array<ArrayBuffer> {
  const place = random.between(0, Math.max(0, bytes.length - 1));
  const insert = (...inserted: number[]) =>
    joined(bytes.slice(0, place), Uint8Array.from(inserted), bytes.slice(place));
  switch (random.between(0, 8)) {
    case 0:
      return bytes.slice(0, place);
    case 1:
      return insert(0);
    case 2: // No UTF-8: half a character, Latin-1, a surrogate.
      return insert(...(random.pick([[0xc3], [0xe9], [0xed, 0xa0, 0x80], [0xff, 0xfe]]) ?? []));
    case 3:
      return joined(Uint8Array.from([0xef, 0xbb, 0xbf]), bytes);
    case 4: // UTF-16 with its mark.
      return Uint8Array.from(Buffer.from(`\ufeff${Buffer.from(bytes).toString()}`, "utf16le"));
    case 5: // One character of the notation itself.
      return insert(...bytesOf(random.pick([..."{}[]:,\"'<>&#-\n\t!*%"]) ?? ""));
    case 6:
      return joined(bytes, bytes);
    case 7:
      return joined(bytes, new Uint8Array(1024 * 1024 + 1 - bytes.length).fill(0x20));
    default:
      return bytesOf(random.pick(hostileTexts[format]) ?? "");
  }
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts));
}
