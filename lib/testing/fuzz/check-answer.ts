import { parse } from "yaml";
import { strictParse } from "#lib/api/broker/strict-parse.ts";
import { makeXmlCodec } from "#lib/api/media/xml/make-xml-codec.ts";
import { jsonSchemas } from "#lib/api/standard/json-schemas.ts";
import { type SchemaName, schemas } from "#lib/api/standard/schemas.ts";
import type { Sent } from "./sent.ts";

/** An answer that came. */
export interface Came {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const codec = makeXmlCodec(jsonSchemas());
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is wrong with an answer, in sentences: nothing, or the API has a mistake. */
export function faultsOf(sent: Sent, came: Came): string[] {
  const { status } = came;
  if (status >= 500) return [`the status is ${status}: ${came.text.slice(0, 300)}`];
  if (status === 304) return came.text === "" ? [] : ["a 304 has no body"];
  if (status === 200) return sent.answer === null ? [] : misfits(sent.answer, came).faults;
  if (status === 303) return [...misfits(sent.answer, came).faults, ...locationFaults(came)];
  const isProblem = came.headers.get("content-type")?.startsWith("application/problem+") === true;
  if (status === 400 && !isProblem && sent.answer === "AbstractExecutionSession") return failedFaults(came);
  return problemFaults(sent, came);
}

function misfits(schema: SchemaName | null, came: Came): { readonly faults: string[]; readonly body: unknown } {
  if (schema === null) return { faults: [`nobody expects a body here with ${came.status}`], body: null };
  let body: unknown;
  try {
    body = bodyOf(came, schema);
  } catch (error) {
    return { faults: [`the body cannot be read: ${error} ${came.text.slice(0, 500)}`], body: null };
  }
  const read = strictParse(schemas[schema], body);
  if (!read.ok) return { faults: read.error.map(({ sentence }) => `no ${schema}: ${sentence}`), body };
  return { faults: read.unknown.map((path) => `${schema} has no ${path}`), body };
}

function bodyOf({ headers, text }: Came, schema: SchemaName): unknown {
  const type = headers.get("content-type") ?? "";
  if (/[/+]json(;|$)/.test(type)) return JSON.parse(text);
  if (/[/+]yaml;/.test(type)) return parse(text);
  const read = codec.read(text, schema);
  if (!read.ok) throw new Error(read.error.sentence);
  return read.value;
}

function locationFaults({ headers, text }: Came): string[] {
  const id = headers.get("location")?.split("/").at(-1) ?? "";
  if (!UUID.test(id)) return [`the Location ends with “${id}”`];
  return text.includes(id) ? [] : ["the Location leads to something else than what is answered"];
}

function failedFaults(came: Came): string[] {
  const { faults, body } = misfits("AbstractExecutionSession", came);
  if (faults.length > 0) return faults;
  const { phase, meta } = body as { phase?: string; meta?: { messages?: { level?: string }[] } };
  if (phase !== "FAILED") return [`a session that was refused is ${phase}`];
  return meta?.messages?.some(({ level }) => level === "ERROR") ? [] : ["a session that was refused does not say why"];
}

function problemFaults(sent: Sent, came: Came): string[] {
  const type = came.headers.get("content-type") ?? "";
  if (!/^application\/problem\+(json|xml)(;|$)/.test(type)) return [`a ${came.status} in ${type}`];
  const { faults, body } = misfits("ProblemDetails", came);
  if (faults.length > 0) return faults;
  const { status, title, detail, path } = body as { status: number; title: string; detail: string; path?: string };
  const isPlaced = path !== undefined && path !== "";
  const isAboutBody = sent.body !== undefined && [400, 422].includes(came.status);
  return [
    ...(status === came.status ? [] : [`the problem says ${status}, the answer ${came.status}`]),
    ...(title.trim() && detail.trim() ? [] : ["the problem has no title, or no detail"]),
    ...(detail.length < 20_000 ? [] : [`the detail has ${detail.length} characters`]),
    ...(!isAboutBody || isPlaced || namesPlace.test(detail) ? [] : [`the problem does not say where: ${detail}`]),
  ];
}

/** A line and column, a pointer, a name, an element, a header; or it is about the body as a whole. */
const namesPlace =
  /\(line \d+, column \d+\)|(^|\s)\/|“[^”]+”|<[\w:.-]+|Idempotency-Key|\b(this|the|in this) body\b|the whole body/i;
