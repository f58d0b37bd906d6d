import { parse } from "yaml";
import { API_PATH } from "#lib/api/base-url.ts";
import type { Format } from "#lib/api/media/format.ts";
import { writeBody } from "#lib/api/media/write-body.ts";
import { makeXmlCodec } from "#lib/api/media/xml/make-xml-codec.ts";
import { jsonSchemas } from "#lib/api/standard/json-schemas.ts";

const xml = makeXmlCodec(jsonSchemas());

type Call = (method: string, where: string, init: RequestInit & { token?: string }) => Promise<Response>;

/** What was answered: the headers that matter, and the body, whatever its format. */
export interface Answered {
  readonly status: number;
  readonly location: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what is tested
  readonly body: any;
}

/** Somebody who speaks to the API in one format, and goes by the addresses that it gives. Throws when it answers in another one. */
export function formatClient(call: Call, token: string, format: Format) {
  const headers = { accept: `application/${format}`, "content-type": `application/${format}` };
  const ask = async (method: string, address: string, schema: string, body?: string): Promise<Answered> => {
    const where = address.slice(address.indexOf(API_PATH) + API_PATH.length);
    const response = await call(method, where, { token, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    const type = response.headers.get("content-type");
    if (!type?.startsWith(`application/${format}`)) throw new Error(`${method} ${address}: ${type}\n${text}`);
    return { status: response.status, location: response.headers.get("location"), body: read(text, schema) };
  };
  const read = (text: string, schema: string): unknown => {
    if (format === "json") return JSON.parse(text);
    if (format === "yaml") return parse(text);
    const value = xml.read(text, schema);
    if (!value.ok) throw new Error(value.error.sentence);
    return value.value;
  };
  return {
    get: (address: string, schema: string) => ask("GET", address, schema),
    /** `written`: the body as it is written in YAML, which is sent as it is where the format is that. */
    request: (address: string, written: string, schema: string) =>
      ask("POST", address, schema, format === "yaml" ? written : bodyOf(parse(written), "ExecutionRequest", format)),
    /** An update of the phase. */
    move: (address: string, value: string) => {
      const update = { kind: "uri:enum-value-update", path: "/phase", value };
      return ask("POST", address, "AbstractExecutionSession", bodyOf(update, "AbstractUpdate", format));
    },
  };
}

const bodyOf = (value: unknown, schema: string, format: Format): string =>
  writeBody(value, format, { codec: xml, schema }).text;
